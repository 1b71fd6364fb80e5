import { AsyncResource } from "node:async_hooks";
import type { Context } from "@netlify/functions";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answer } from "../../../../functions/lib/http/answer.ts";
import { wantsJson } from "../../../../functions/lib/http/call.ts";
import { refusal } from "../../../../functions/lib/http/refusal.ts";
import { json, noContent } from "../../../../functions/lib/http/respond.ts";
import { log } from "../../../../functions/lib/log.ts";
import { DatabaseDown } from "../../../../functions/lib/store/database.ts";
import { keptLogs, neverLogged } from "../../support/logs.ts";

const logs = keptLogs();
neverLogged(["ann@", "secret", "198.51"]);

function ask(
  methods: Omit<Parameters<typeof answer>[2], "refuse">,
  init: RequestInit = {},
  context: Partial<Context> = {},
) {
  const request = new Request("https://example.com/door?token=secret", init);
  return answer(request, { ip: "198.51.100.1", requestId: "id-1", ...context } as Context, {
    refuse: refusal,
    ...methods,
  });
}

function broken(): never {
  throw Object.assign(new Error("Key (email)=(ann@example.com) exists"), { code: "23505", detail: "ann@example.com" });
}

it.each<[string, boolean, RequestInit]>([
  ["a browser", false, { headers: { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" } }],
  [
    "a browser that posts a form",
    false,
    { method: "POST", body: new URLSearchParams({ a: "b" }), headers: { Accept: "text/html" } },
  ],
  ["a form without a wish", false, { method: "POST", body: new URLSearchParams({ a: "b" }) }],
  [
    "a script that posts a form and wants JSON",
    true,
    { method: "POST", body: new URLSearchParams(), headers: { Accept: "application/json, */*" } },
  ],
  ["a script that posts JSON", true, { method: "POST", body: "{}", headers: { "Content-Type": "application/json" } }],
  ["a script that only asks", true, { headers: { Accept: "*/*" } }],
])("%s reads JSON: %s", (_, answer, init) => {
  expect(wantsJson(new Request("https://example.com/", init))).toBe(answer);
});

describe("answer", () => {
  it("turns an exception into a 500 that says nothing of the inside", async () => {
    logs.clear();
    const response = await ask({ POST: broken }, { method: "POST" });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/ann@|23505|Error:|\.ts/);
    const noted = logs.lines.map((line) => JSON.parse(line)).find(({ event }) => event === "request failed");
    expect(noted).toMatchObject({
      level: "error",
      requestId: "id-1",
      error: "Error",
      code: "23505",
      at: expect.stringContaining("broken"),
    });
  });

  it("turns it into a problem document for a program, and a database that is down into 503", async () => {
    const headers = { Accept: "application/problem+json" };
    const down = async () => {
      throw new DatabaseDown("no database", { cause: new Error("connect 10.0.0.1 secret") });
    };
    const response = await ask({ GET: down }, { headers });
    expect([response.status, response.headers.get("Content-Type")]).toEqual([503, "application/problem+json"]);
    expect(await response.json()).toEqual({ status: 503, title: expect.any(String), detail: expect.any(String) });
    expect((await ask({ GET: broken }, { headers })).status).toBe(500);
  });

  it("answers HEAD as GET, without the body", async () => {
    const response = await ask({ GET: () => json(200, { a: 1 }) }, { method: "HEAD" });
    expect([response.status, response.body, response.headers.get("Content-Type")]).toEqual([
      200,
      null,
      "application/json",
    ]);
    expect((await ask({ POST: noContent }, { method: "HEAD" })).status).toBe(405);
  });

  it.each([
    ["/newsletter/confirm?token=x.y", "same-origin"],
    ["/preview/x.y/", "same-origin"],
    ["/api/contact", "strict-origin-when-cross-origin"],
  ])("on %s tells other sites no more of the address than %s, even when it fails", async (path, policy) => {
    const request = new Request(`https://example.com${path}`);
    const failed = await answer(request, { ip: "198.51.100.1" } as Context, { refuse: refusal, GET: broken });
    expect([failed.status, failed.headers.get("Referrer-Policy")]).toEqual([500, policy]);
  });

  it("carries the platform's request id, or one of its own when that is none", async () => {
    const idOf = async (requestId: string) =>
      (await ask({ GET: noContent }, {}, { requestId })).headers.get("X-Request-Id");
    expect(await idOf("01HX-abc_9")).toBe("01HX-abc_9");
    for (const none of ["", "a b", "a\nb", "x".repeat(65)]) expect(await idOf(none)).toMatch(/^[\da-f-]{36}$/);
  });

  it("puts the request's id into every line of the log, also of what goes on after the answer", async () => {
    logs.clear();
    let later = async () => {};
    const door = async () => {
      log("info", "during");
      later = AsyncResource.bind(async () => log("info", "after"));
      return noContent();
    };
    await Promise.all(["id-a", "id-b"].map((requestId) => ask({ GET: door }, {}, { requestId })));
    await later();
    const ids = logs.lines.map((line) => JSON.parse(line)).map(({ event, requestId }) => [event, requestId]);
    expect(ids).toEqual([
      ["during", "id-a"],
      ["during", "id-b"],
      ["after", "id-b"],
    ]);
  });

  it("answers every method and header with a whole set of headers", async () => {
    const methods = fc.constantFrom(
      "GET",
      "HEAD",
      "POST",
      "PUT",
      "PATCH",
      "DELETE",
      "OPTIONS",
      "PROPFIND",
      "get",
      "X-Y",
    );
    const headers = fc.dictionary(
      fc.constantFrom("Accept", "Content-Type", "Origin", "Sec-Fetch-Site", "User-Agent", "Content-Length"),
      fc.string({ unit: fc.constantFrom(..." !\"#$%&'()*+,-./0123456789:;<=>?@AZ[\\]^_`az{|}~") }),
    );
    await fc.assert(
      fc.asyncProperty(methods, headers, async (method, given) => {
        const response = await ask({ GET: noContent, POST: broken }, { method, headers: given });
        expect([204, 405, 500]).toContain(response.status);
        for (const name of [
          "Content-Security-Policy",
          "Strict-Transport-Security",
          "X-Content-Type-Options",
          "Cache-Control",
        ]) {
          expect(response.headers.has(name)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
