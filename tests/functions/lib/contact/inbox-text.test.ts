import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listLine, safeJson, visible, wholeText } from "../../../../functions/lib/contact/inbox-text.ts";
import type { InboxMessage } from "../../../../functions/lib/store/inbox.ts";

const message: InboxMessage = {
  id: "0ccacdc5-789a-8dba-8426-26b926fe8b7b",
  receivedAt: new Date("2026-03-14T09:05:07Z"),
  name: "Ann Lee",
  email: "ann@example.com",
  body: "Hello,\n\tI liked “Quiet”.",
  state: "new",
  route: "notice",
  score: 5,
  flags: ["trap"],
};
const plain = { width: 80, paint: (_: string, text: string) => text };

it("shows a message in a list as one line that fits", () => {
  expect(listLine(message, plain)).toBe("0ccacdc5  2026-03-14 09:05  new       Ann Lee: Hello, I liked “Quiet”.");
  const long = listLine({ ...message, body: "word ".repeat(100), route: "quarantine" }, plain);
  expect(long).toMatch(/^0ccacdc5 {2}2026-03-14 09:05 {2}new {7}quarantine Ann Lee: word word/);
  expect(long.length).toBeLessThanOrEqual(80);
});

it("shows everything of one message", () => {
  expect(wholeText({ ...message, route: "quarantine" })).toBe(`From      Ann Lee <ann@example.com>
Received  2026-03-14T09:05:07.000Z (UTC)
State     new, in quarantine
Score     5 (trap)
Id        0ccacdc5-789a-8dba-8426-26b926fe8b7b

Hello,
\tI liked “Quiet”.
`);
});

describe("a text that would command the terminal", () => {
  it.each([
    ["\u001b[2J", "\\u{1b}[2J"],
    ["\u009b31m", "\\u{9b}31m"],
    ["\u001b]8;;https://evil.example\u0007", "\\u{1b}]8;;https://evil.example\\u{7}"],
    ["a\r\nb", "a\\u{d}\\u{a}b"],
    ["\u202egnp.exe", "\\u{202e}gnp.exe"],
    ["in\u200bvisible\u{e0041}", "in\\u{200b}visible\\u{e0041}"],
    ["👩‍🔬 é", "👩‍🔬 é"],
  ])("is shown instead: %j", (text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  it("reaches it in no form of output", () => {
    const signs = fc.constantFrom(
      ..."\u0000\u0007\b\u001b\u007f\u0085\u009b\u009d\u00ad\u200e\u2028\u202e\u2066\ufeffab 😀",
      "\u{e0041}",
    );
    const text = fc.string({ unit: signs, maxLength: 60 });
    fc.assert(
      fc.property(text, text, (name, body) => {
        const hostile = { ...message, name, body, email: name, flags: [body] };
        for (const output of [listLine(hostile, plain), wholeText(hostile), safeJson([hostile])])
          expect(output.replace(/[\n\t]/g, "")).not.toMatch(/[\p{Cc}\u200e\u2028\u202e\u2066\ufeff\u{e0041}]/u);
        const read = JSON.parse(safeJson([hostile]));
        expect([read[0].name, read[0].body]).toEqual([name, body]);
      }),
    );
  });
});
