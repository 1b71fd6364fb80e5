import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvRow, parseCsv } from "../../../../functions/lib/newsletter/csv.ts";

const texts = (text: string) => parseCsv(text).rows.map((row) => row.map((cell) => cell.text));

describe("parseCsv", () => {
  it.each<[string, string[][]]>([
    [
      "a,b\r\nc,d\r\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "a,b\nc,d",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["\ufeffa\r1\r", [["a"], ["1"]]],
    ['"a ""b""","c,d\r\ne"', [['a "b"', "c,d\r\ne"]]],
    [
      "a,\n,b\n",
      [
        ["a", ""],
        ["", "b"],
      ],
    ],
    ["a\n\n\nb\n", [["a"], ["b"]]],
    ['a\n""\nb', [["a"], [""], ["b"]]],
    ["a,", [["a", ""]]],
    ["", []],
  ])("reads %j", (text, rows) => {
    expect(texts(text)).toEqual(rows);
  });

  it("knows the place of each value, also after line breaks in one", () => {
    const { rows } = parseCsv('\ufeffa,b\r\n"x\r\ny",z\nlast,"q"\n');
    const places = rows.flat().map(({ text, line, column }) => [text, line, column]);
    expect(places).toEqual([
      ["a", 1, 1],
      ["b", 1, 3],
      ["x\r\ny", 2, 1],
      ["z", 3, 4],
      ["last", 4, 1],
      ["q", 4, 6],
    ]);
  });

  it.each([
    ['a\nb,"c', 2, 3, "a quotation mark that is never closed"],
    ['a\nb,"c"d,e', 2, 3, "text after the closing quotation mark"],
    ['a\nb"c', 2, 1, "a quotation mark in a value that does not begin with one"],
  ])("says of %j what is wrong where", (text, line, column, problem) => {
    expect(parseCsv(text).problems).toEqual([{ line, column, problem }]);
  });

  it("gives back every table that was written, whatever is in it", () => {
    const value = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc
        .array(fc.constantFrom('"', ",", "\r", "\n", "\r\n", "a", "\ufeff", "=1"), { maxLength: 6 })
        .map((all) => all.join("")),
    );
    const tables = fc.integer({ min: 1, max: 4 }).chain((width) => {
      // A line of one empty value is an empty line, which is none.
      const row = fc.array(value, { minLength: width, maxLength: width }).filter((cells) => cells.join("") !== "");
      return fc.array(row, { maxLength: 5 });
    });
    fc.assert(
      fc.property(tables, (table) => {
        const text = table.map(csvRow).join("");
        fc.pre(!text.startsWith("\ufeff"));
        expect(texts(text)).toEqual(table);
      }),
      { numRuns: 500 },
    );
  });

  it("ends on every text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => parseCsv(text).problems.length <= 1));
  });
});
