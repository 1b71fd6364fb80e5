import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMessage } from "../../../../functions/lib/contact/message.ts";

const sound = { name: "Ann Lee", email: "ann@example.com", message: "Hello" };

describe("parseMessage", () => {
  it("takes a message, tidied", () => {
    const parsed = parseMessage({ name: " Jo\u0308rg ", email: " jo@Example.com ", message: "\r\na\r\nb\rc\n " });
    expect(parsed).toEqual({
      ok: true,
      received: {
        message: { name: "Jörg", email: "jo@example.com", body: "a\nb\nc", score: 0, flags: [] },
        requestKey: undefined,
        proof: undefined,
        isByScript: false,
      },
    });
  });

  it.each([
    ["an empty form", {}, ["name", "email", "message"]],
    ["a message without an address", { ...sound, email: undefined }, ["email"]],
    ["a second address", { ...sound, email: "a@b.com, c@d.com" }, ["email"]],
    ["a name of two lines", { ...sound, name: "a\nBcc: b@example.com" }, ["name"]],
    ["a name that turns the text around", { ...sound, name: "a\u202eb" }, ["name"]],
    ["a name with a control character", { ...sound, name: "a\u0007b" }, ["name"]],
    ["a name that is too long", { ...sound, name: "n".repeat(101) }, ["name"]],
    ["a message that is too long", { ...sound, message: "m".repeat(5001) }, ["message"]],
    ["a message of spaces", { ...sound, message: " \n\t " }, ["message"]],
  ])("refuses %s", (_, fields, expected) => {
    const parsed = parseMessage(fields as typeof sound);
    expect(parsed.ok ? [] : parsed.problems.map(({ field }) => field)).toEqual(expected);
  });

  it("takes the longest name and message", () => {
    expect(parseMessage({ ...sound, name: "n".repeat(100), message: "m".repeat(5000) }).ok).toBe(true);
  });

  it("counts a line end as one character, as the browser's maxlength does", () => {
    expect(parseMessage({ ...sound, message: `m${"\r\n".repeat(4998)}m` }).ok).toBe(true);
  });

  it("only scores what looks like junk", () => {
    const links = "https://a.example http://b.example HTTPS://c.example";
    expect(parseMessage({ ...sound, message: links, website: "x", times: "1000,3999" })).toMatchObject({
      ok: true,
      received: { message: { score: 10, flags: ["trap", "fast", "links"] } },
    });
    expect(parseMessage({ ...sound, times: "1000,4000" })).toMatchObject({
      ok: true,
      received: { message: { score: 0 } },
    });
  });

  it.each(["", "x", "1", "1,", ",1", "1,2,3", "-1,2", "1e3,2", "1".repeat(17), "1,2\n"])(
    "takes no times that it does not know the form of, and refuses nobody for them: %j",
    (times) => {
      expect(parseMessage({ ...sound, times, proof: "\u0000" })).toMatchObject({
        ok: true,
        received: { requestKey: undefined, isByScript: false, message: { flags: [] } },
      });
    },
  );

  it("gives only text that is fit for a mail, whatever it reads", () => {
    const letters = fc.constantFrom(
      ..."a<é \t\r\n\u0007\u001b\u0085\u2028\u202e\u2066\u00ad😀",
      "e\u0301",
      "\r\n",
      "https://",
    );
    const text = fc.oneof(fc.string({ unit: "grapheme", maxLength: 60 }), fc.string({ unit: letters, maxLength: 60 }));
    fc.assert(
      fc.property(text, text, (name, message) => {
        const parsed = parseMessage({ ...sound, name, message });
        if (!parsed.ok) return;
        const { message: made } = parsed.received;
        expect(made.name).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect([made.name, made.body]).toEqual([made.name, made.body].map((each) => each.normalize("NFC").trim()));
        expect(made.body).not.toContain("\r");
      }),
      { numRuns: 400 },
    );
  });
});
