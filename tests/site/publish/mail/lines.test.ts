import fc from "fast-check";
import { expect, test } from "vitest";
import { tableLines, widthOf, wrap } from "../../../../site/publish/mail/lines.ts";

test("wraps prose and never breaks a word or an address", () => {
  const address = `<https://example.org/${"a".repeat(80)}>`;
  expect(wrap(`See ${address} for more.`, 20)).toEqual(["See", address, "for more."]);
});

test("counts what is two columns wide as two, and marks on a letter as none", () => {
  expect(widthOf("日本語 x̄")).toBe(8);
  expect(wrap("日本語の段落は、空白がない", 10)).toEqual(["日本語の段", "落は、空白", "がない"]);
});

test("loses no word of a text, and has no line that could have been broken", () => {
  const word = fc.stringMatching(/^[a-zé日本]{1,12}$/);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), fc.integer({ min: 10, max: 80 }), (words, width) => {
      const lines = wrap(words.join(" "), width);
      expect(lines.join("").replaceAll(" ", "")).toBe(words.join(""));
      for (const line of lines) if (/ /.test(line)) expect(widthOf(line)).toBeLessThanOrEqual(width);
    }),
  );
});

const head = [{ text: "engine" }, { text: "ms", align: "right" as const }];

test("puts columns below each other, numbers to the right", () => {
  const rows = [[{ text: "Iceberg" }, { text: "12", align: "right" as const }]];
  expect(tableLines({ head, rows }, 72)).toEqual(["engine   ms", "-------  --", "Iceberg  12"]);
});

test("breaks long cells within their column", () => {
  const rows = [[{ text: "a text that is much too long for a column" }, { text: "1" }]];
  const lines = tableLines({ head, rows }, 24);
  expect(lines.slice(2)).toEqual(["a text that is much   1", "too long for a", "column"]);
});

test("makes a list of a table with more columns than a line has room for", () => {
  const names = Array.from({ length: 10 }, (_, at) => ({ text: `column ${at}` }));
  const lines = tableLines({ head: names, rows: [names] }, 72);
  expect(lines[0]).toBe("- column 0: column 0");
  expect(lines[9]).toBe("  column 9: column 9");
});
