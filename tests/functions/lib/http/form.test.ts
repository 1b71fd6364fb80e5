import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { readForm } from "../../../../functions/lib/http/form.ts";
import { limits } from "../../../../functions/lib/limits.ts";

const names = ["name", "message"] as const;
const urlEncoded = "application/x-www-form-urlencoded";

function read(body: BodyInit | null, type: string | undefined, headers: Record<string, string> = {}, maxBytes = 1000) {
  const request = new Request("https://example.com/", {
    method: "POST",
    body,
    headers: { ...(type && { "Content-Type": type }), ...headers },
    duplex: "half",
  } as RequestInit);
  if (!type) request.headers.delete("Content-Type");
  return readForm(request, { maxBytes, names });
}

async function statusOf(...[body, type, headers, maxBytes]: Parameters<typeof read>): Promise<number> {
  const form = await read(body, type, headers, maxBytes);
  return form.ok ? 200 : form.problem.status;
}

function multipart(...parts: readonly string[]): string {
  return `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join("")}--${boundary}--\r\n`;
}
const boundary = `${"-".repeat(24)}firstflight`;
const multipartType = `multipart/form-data; boundary=${boundary}`;
const part = (name: string, value: string) => `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`;

describe("readForm", () => {
  it.each([
    ["URL-encoded", "name=J%C3%B6rg+%26+Co&message=a%0D%0Ab", urlEncoded],
    ["multipart", multipart(part("name", "Jörg & Co"), part("message", "a\r\nb")), multipartType],
    ["JSON", '{"name":"J\\u00f6rg & Co","message":"a\\r\\nb"}', "application/json; charset=UTF-8"],
  ])("reads a form sent as %s", async (_, body, type) => {
    expect(await read(body, type)).toEqual({ ok: true, value: { name: "Jörg & Co", message: "a\r\nb" } });
  });

  it("reads what a browser's FormData sends", async () => {
    const form = new FormData();
    form.set("name", 'J"örg\r\n');
    const value = { name: 'J"örg\r\n' };
    expect(
      await readForm(new Request("https://example.com/", { method: "POST", body: form }), { maxBytes: 1000, names }),
    ).toEqual({
      ok: true,
      value,
    });
  });

  it("leaves out what was not sent", async () => {
    expect(await read("", urlEncoded)).toEqual({ ok: true, value: {} });
    expect(await read("name", urlEncoded)).toEqual({ ok: true, value: { name: "" } });
  });

  it.each([
    ["a field that is not known", "name=a&to=b", urlEncoded],
    ["a field sent twice", "name=a&name=b", urlEncoded],
    ["a field sent twice as multipart", multipart(part("name", "a"), part("name", "b")), multipartType],
    ["a field named __proto__", '{"__proto__":"a"}', "application/json"],
    ["a field named constructor", "constructor=a", urlEncoded],
  ])("refuses %s with 422", async (_, body, type) => {
    expect(await statusOf(body, type)).toBe(422);
  });

  it.each([
    ["a broken escape", "name=%zz", urlEncoded],
    ["an escape that is not UTF-8", "name=%ff", urlEncoded],
    ["an overlong escape", "name=%c0%af", urlEncoded],
    ["an escaped surrogate", "name=%ed%a0%80", urlEncoded],
    ["an escaped NUL", "name=%00", urlEncoded],
    ["a NUL", "name=\0", urlEncoded],
    ["JSON with a NUL", '{"name":"\\u0000"}', "application/json"],
    ["JSON with half a surrogate pair", '{"name":"\\ud800"}', "application/json"],
    ["JSON with a key twice", '{"name":"a","name":"b"}', "application/json"],
    ["JSON with a hidden key twice", '{"name":{"a":"b"},"n\\u0061me":"b"}', "application/json"],
    ["JSON that nests", '{"name":{"a":"b"}}', "application/json"],
    ["JSON with a number", '{"name":1}', "application/json"],
    ["JSON with null", '{"name":null}', "application/json"],
    ["a JSON list", '["name"]', "application/json"],
    ["a JSON text", '"name"', "application/json"],
    ["no JSON", "{", "application/json"],
    ["nothing as JSON", "", "application/json"],
    ["deep JSON", `{"name":${"[".repeat(400)}`, "application/json"],
    ["multipart without a boundary", multipart(part("name", "a")), "multipart/form-data"],
    ["multipart with another boundary", multipart(part("name", "a")), `multipart/form-data; boundary=${boundary}x`],
    ["multipart without an end", `--${boundary}\r\n${part("name", "a")}`, multipartType],
    ["multipart without a name", multipart("Content-Type: text/plain\r\n\r\na"), multipartType],
    ["a file", multipart(`Content-Disposition: form-data; name="name"; filename="a.txt"\r\n\r\na`), multipartType],
    ["too many fields", "a&".repeat(21), urlEncoded],
  ])("refuses %s with 400", async (_, body, type) => {
    expect(await statusOf(body, type)).toBe(400);
  });

  it.each([
    ["lists ten thousand deep", `{"name":${"[".repeat(10_000)}${"]".repeat(10_000)}}`, "application/json"],
    ["objects ten thousand deep", `${'{"name":'.repeat(7_000)}1${"}".repeat(7_000)}`, "application/json"],
    ["six thousand keys", `{${Array.from({ length: 6_000 }, (_, n) => `"k${n}":""`).join()}}`, "application/json"],
    ["a text of nothing but backslashes", `{"name":"${"\\".repeat(60_000)}`, "application/json"],
    ["a thousand parts", multipart(...Array(700).fill(part("name", "a"))), multipartType],
    ["parts that never end", `--${boundary}\r\n`.repeat(1_500), multipartType],
    ["ten thousand fields", "name=a&".repeat(9_000), urlEncoded],
    ["nothing but escapes", "%".repeat(65_000), urlEncoded],
    ["nothing but ampersands and equals", "&=".repeat(30_000), urlEncoded],
    ["a boundary that is the text", "--a\r\n--a--", "multipart/form-data; boundary=a"],
    ["a part with an empty name", multipart(part("", "a")), multipartType],
    ["a part with a quote in its name", multipart(part('na"me', "a")), multipartType],
  ])("refuses %s, and does not hang over it", async (_, body, type) => {
    expect(await statusOf(body, type, {}, 64 * 1024)).toBeGreaterThanOrEqual(400);
  });

  it.each([urlEncoded, "application/json", multipartType])("refuses %s that is not UTF-8 with 400", async (type) => {
    expect(await statusOf(Buffer.from([0x6e, 0x61, 0x6d, 0x65, 0x3d, 0xff]), type)).toBe(400);
  });

  it.each([undefined, "", "text/plain", "application/xml", "toString", `${urlEncoded}; charset=iso-8859-1`])(
    "refuses the type %s with 415",
    async (type) => {
      expect(await statusOf("name=a", type)).toBe(415);
    },
  );

  it("refuses a compressed body with 415", async () => {
    expect(await statusOf("name=a", urlEncoded, { "Content-Encoding": "gzip" })).toBe(415);
  });

  it("refuses with 413 what says that it is too large, before reading it", async () => {
    const body = new ReadableStream(
      {
        pull() {
          throw new Error("was read");
        },
      },
      { highWaterMark: 0 },
    );
    expect(await statusOf(body, urlEncoded, { "Content-Length": "1001" })).toBe(413);
  });

  it("stops reading a body that does not say how large it is, and takes exactly the limit", async () => {
    let chunks = 0;
    const endless = new ReadableStream({
      pull(controller) {
        chunks += 1;
        controller.enqueue(new Uint8Array(100).fill(97));
      },
    });
    expect(await statusOf(endless, urlEncoded)).toBe(413);
    expect(chunks).toBeLessThan(20);
    expect(await statusOf(`name=${"a".repeat(995)}`, urlEncoded)).toBe(200);
    expect(await statusOf(`name=${"a".repeat(996)}`, urlEncoded)).toBe(413);
  });

  it("refuses a body that breaks off with 400", async () => {
    const broken = new ReadableStream({
      pull() {
        throw new Error("connection lost");
      },
    });
    expect(await statusOf(broken, urlEncoded)).toBe(400);
  });

  it("gives back the beginning of a form that is too large, where that is wanted", async () => {
    const beginning = async (body: string, type = urlEncoded, headers = {}) => {
      const request = new Request("https://example.com/", {
        method: "POST",
        body,
        headers: { "Content-Type": type, ...headers },
      });
      const form = await readForm(request, { maxBytes: 40, names, keepsBeginning: true });
      return form.ok ? "read" : [form.problem.status, form.partial];
    };
    const long = `to=x&name=J%C3%B6rg+%26&message=${"m".repeat(6)}`;
    expect(await beginning(`${long}%C3%B6ö&message=2`)).toEqual([413, { name: "Jörg &", message: "mmmmmm" }]);
    expect(await beginning(`name=${"a".repeat(40)}`)).toEqual([413, { name: "a".repeat(35) }]);
    expect(await beginning(`name=${"%00a".repeat(40)}`)).toEqual([413, { name: "a".repeat(8) }]);
    expect(await beginning("name=Ann", urlEncoded, { "Content-Length": "41" })).toEqual([413, { name: "Ann" }]);
    expect(await beginning(`{"name":"${"a".repeat(40)}"}`, "application/json")).toEqual([413, undefined]);
    expect(await beginning("name=%zz")).toEqual([400, undefined]);
  });

  it("does not wait for a body that trickles in", async () => {
    vi.useFakeTimers();
    let cancelled = false;
    const trickle = new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array(4).fill(97)),
      cancel: () => {
        cancelled = true;
      },
    });
    const status = statusOf(trickle, urlEncoded);
    await vi.advanceTimersByTimeAsync(limits.bodyWaitMs);
    expect([await status, cancelled]).toEqual([408, true]);
    vi.useRealTimers();
  });

  it("answers any bytes with fields or a problem, never with an exception", async () => {
    const types = fc.constantFrom(urlEncoded, "application/json", multipartType);
    const bodies = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.json().map((text) => Buffer.from(text)),
      fc
        .array(
          fc.constantFrom(
            `--${boundary}`,
            "\r\n",
            `--${boundary}--`,
            part("name", "a"),
            "name=",
            "&",
            '{"name":"',
            '"}',
            "\0",
            "é",
          ),
          {
            maxLength: 12,
          },
        )
        .map((all) => Buffer.from(all.join(""))),
    );
    await fc.assert(
      fc.asyncProperty(types, bodies, async (type, body) => {
        const form = await read(body as BodyInit, type);
        if (!form.ok) {
          expect([400, 422]).toContain(form.problem.status);
          return;
        }
        for (const [name, value] of Object.entries(form.value)) {
          expect(names).toContain(name);
          expect(value?.isWellFormed()).toBe(true);
          expect(value).not.toContain("\0");
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("gives back every text that a browser may send", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 200 }).filter((each) => !each.includes("\0"));
    await fc.assert(
      fc.asyncProperty(text, text, async (name, message) => {
        const value = { name, message };
        const sent = [
          read(new URLSearchParams(value).toString(), urlEncoded, {}, 20_000),
          read(JSON.stringify(value), "application/json", {}, 20_000),
        ];
        for (const form of await Promise.all(sent)) expect(form).toEqual({ ok: true, value });
      }),
      { numRuns: 300 },
    );
  });
});
