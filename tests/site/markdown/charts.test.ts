import { parse } from "node-html-parser";
import { expect, test } from "vitest";
import { renderArticle } from "../../../site/markdown/render.ts";

const draw = (info: string, data: string) => renderArticle(`\`\`\`chart ${info}\n${data}\n\`\`\`\n`);
const page = (info: string, data: string) => parse(draw(info, data).html.markup);

test("draws bars in the rows of a table", () => {
  const html = page('bar title="Load" unit="s"', 'engine,cold,warm\nA,10,5\n"B, new",2.50,1');
  expect(html.querySelector("caption")?.text).toBe("Load (s)");
  const widths = html.querySelectorAll("rect").map((rect) => rect.getAttribute("width"));
  expect(widths).toEqual(["100.00%", "50.00%", "25.00%", "10.00%"]);
  expect(html.querySelectorAll("tbody td").map((cell) => cell.text)).toEqual(["10", "5", "2.50", "1"]);
  expect(html.querySelectorAll("tbody th").map((cell) => cell.text)).toEqual(["A", "B, new"]);
});

test.each(["line", "column", "scatter"])("draws a %s chart with a name, a key and its numbers as a table", (kind) => {
  const {
    html: markup,
    needs,
    problems,
  } = draw(`${kind} title="Lag" unit="ms" x="n" y="p99"`, "n,a,b\n1,10,5\n2,2.50,1\n3,4,");
  const html = parse(markup.markup);
  expect(problems).toEqual([]);
  expect([...needs]).toEqual(["rare"]);
  expect(markup.markup).not.toMatch(/style=|NaN|undefined|Infinity/);
  const [svg] = html.querySelectorAll("figure > svg");
  expect(svg?.getAttribute("role")).toBe("img");
  expect(svg?.getAttribute("aria-label")).toMatch(
    /^(Line|Column|Scatter) chart: Lag\. The numbers follow as a table\.$/,
  );
  expect(html.querySelectorAll(".key li").map(({ text }) => text.trim())).toEqual(["a", "b"]);
  const cells = html
    .querySelectorAll("details tr")
    .map((row) => row.querySelectorAll("th, td").map(({ text }) => text));
  expect(cells).toEqual([
    ["n", "a", "b"],
    ["1", "10", "5"],
    ["2", "2.50", "1"],
    ["3", "4", ""],
  ]);
});

test("takes the same numbers from JSON as from comma-separated values", () => {
  const csv = page('line title="T"', "n,a b\n1,2\n3,\n").toString();
  expect(page('line title="T"', '[{"n": 1, "a b": 2}, {"n": 3, "a b": null}]').toString()).toBe(csv);
  expect(page('line title="T"', '[["n", "a b"],\n[1, 2], [3, null]]').toString()).toBe(csv);
});

test("marks round numbers on both axes, days in their distance, and as many names as fit a phone", () => {
  const texts = (data: string, kind = "line") =>
    page(`${kind} title="T"`, data)
      .querySelectorAll("svg text")
      .map(({ text }) => text);
  expect(texts("n,a\n0,3\n97,41")).toEqual(["0", "10", "20", "30", "40", "50", "0", "20", "40", "60", "80", "100"]);
  expect(texts("year,a\n2019,0.02\n2024,0.03")).toEqual([
    "0.020",
    "0.022",
    "0.024",
    "0.026",
    "0.028",
    "0.030",
    "2019",
    "2020",
    "2021",
    "2022",
    "2023",
    "2024",
  ]);
  expect(texts("n,a\n1,12000\n2,-5000\n3,1")).toContain("10K");
  const days = page('line title="T"', "day,a\n2026-01-01,1\n2026-01-11,2\n2026-02-10,3").querySelector("polyline");
  expect(
    days
      ?.getAttribute("points")
      ?.split(" ")
      .map((point) => point.split(",")[0]),
  ).toEqual(["0", "250", "1000"]);
  const many = Array.from({ length: 20 }, (_, at) => `a long name ${at},${at}`).join("\n");
  expect(texts(`n,a\n${many}`).filter((text) => text.startsWith("a long"))).toHaveLength(2);
  expect(draw('column title="T"', `n,a\n${many}`).problems).toMatchObject([
    { code: "chart-labels", severity: "warning" },
  ]);
});

test("breaks a line where a value is missing, and shows one that stands alone", () => {
  const lines = page('line title="T"', "n,a\n1,1\n2,2\n3,\n4,4\n5,\n6,6\n7,7").querySelectorAll("polyline");
  expect(lines.map((line) => line.getAttribute("points")?.split(" ").length)).toEqual([2, 2, 2]);
  expect(lines.map((line) => line.getAttribute("stroke-linecap"))).toEqual([undefined, "round", undefined]);
});

test("tells series apart by more than their colour", () => {
  const data = "n,a,b,c,d\n1,1,2,3,4\n2,2,3,4,5";
  const dashes = page('line title="T"', data)
    .querySelectorAll("polyline")
    .map((line) => line.getAttribute("stroke-dasharray"));
  expect(new Set(dashes).size).toBe(4);
  const points = page('scatter title="T"', data)
    .querySelectorAll("figure > svg > g")
    .filter((group) => group.querySelector("circle, rect"));
  const forms = points.map(
    (group) => `${group.querySelector("circle, rect")?.rawTagName} ${group.getAttribute("fill") === "none"}`,
  );
  expect(new Set(forms).size).toBe(4);
});

test.each([
  ['pie title="T"', "x,y\na,1", "unknown-chart", 9, 'unknown chart "pie"'],
  ['title="T"', "x,y\na,1", "unknown-chart", 0, "the chart has no kind"],
  ["bar", "x,y\na,1", "chart-title", 0, "a chart needs a title"],
  ['bar title="T" color="x"', "x,y\na,1", "unknown-option", 23, 'unknown option "color"'],
  ['bar title="T"', "x,y\na,many", "chart-data", 29, '"many" is no number'],
  ['bar title="T"', "x,y\na,1,2", "chart-data", 27, 'the row "a" has 2 of 1 values'],
  ['bar title="T"', "x,y\na,-1", "chart-data", 29, "a bar cannot be shorter than 0"],
  ['bar title="T"', "x,y", "chart-data", 0, "the chart has no rows"],
  ['bar title="T"', "x\na", "chart-data", 0, "the chart has no column of numbers"],
  ['line title="T"', "x,y\n1,\n2,", "chart-data", 0, "the chart has no number"],
  ['bar title="T"', 'x,y\n"a,1', "chart-data", 27, "a quotation mark is never closed"],
  ['line title="T"', "x,y\n1,1", "chart-data", 0, "a line needs two rows"],
  ['scatter title="T"', "x,y\na,1", "chart-data", 31, '"a" is no number'],
  [
    'line title="T"',
    "x,a,b,c,d,e\n1,1,1,1,1,1\n2,1,1,1,1,1",
    "chart-data",
    24,
    "a chart has 4 columns of numbers at most",
  ],
  ['line title="T"', '[\n{"x": 1, "y": 2}\n{"x": 2}]', "chart-data", 43, "the JSON is wrong: comma expected"],
  ['line title="T"', '[{"x": 1, "y": 2},\n{"x": 2, "z": 3}]', "chart-data", 52, 'the first row has no "z"'],
  ['line title="T"', '[["x", "y"], [1, 2],\n{"x": 2}]', "chart-data", 45, "this row is no list as the first one is"],
])("tells of the chart %j over %j", (info, data, code, offset, problem) => {
  expect(draw(info, data).problems).toMatchObject([{ code, offset, problem }]);
});

test("lets no text out of a chart", () => {
  const hostile = "</svg></table></figure><script>alert(1)</script>";
  for (const kind of ["bar", "line", "column"]) {
    const { html } = draw(`${kind} title="${hostile}" unit="${hostile}"`, `${hostile},${hostile}\n${hostile},1\nb,2`);
    expect(html.markup).not.toContain("<script");
    expect(html.markup.match(/<\/figure>/g)).toHaveLength(1);
  }
});
