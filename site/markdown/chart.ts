/** ```` ```chart bar ```` over CSV: a table whose rows carry bars, so that the picture and its data are one thing. */
import { type Html, html } from "../html.ts";
import type { FenceInfo, Report } from "./fence-info.ts";

interface ChartData {
  readonly series: readonly string[];
  readonly rows: readonly { readonly label: string; readonly values: readonly number[] }[];
}

/** Bars are drawn to the largest value. Needs no script and no style attribute, and reflows like text. */
export function renderChart(info: FenceInfo, csv: string, report: Report): string {
  if (info.words[0] !== "bar")
    report("unknown-chart", `unknown chart "${info.words[0] ?? ""}"`, 'write "chart bar"', info.words[0]);
  const data = parseCsv(csv, report);
  const title = info.options.get("title");
  const unit = info.options.get("unit");
  if (!title) report("chart-title", "a chart needs a title", 'write title="…" behind "chart bar"');
  const largest = Math.max(...data.rows.flatMap((row) => row.values), Number.MIN_VALUE);
  return html`<figure class="chart"><table>
<caption>${title}${unit && html` <span>(${unit})</span>`}</caption>
<thead><tr><th scope="col"><span class="visually-hidden">Case</span></th>${data.series.map((name, at) => html`<th scope="col" class="series-${at + 1}">${name}</th>`)}</tr></thead>
<tbody>${data.rows.map((row) => chartRow(row, largest))}</tbody>
</table></figure>
`.markup;
}

function chartRow(row: ChartData["rows"][number], largest: number): Html {
  const bars = row.values.map(
    (value, at) =>
      html`<td class="series-${at + 1}"><svg aria-hidden="true"><rect width="${((100 * value) / largest).toFixed(2)}%" height="100%"/></svg><span>${value}</span></td>`,
  );
  return html`<tr><th scope="row">${row.label}</th>${bars}</tr>
`;
}

function parseCsv(csv: string, report: Report): ChartData {
  const [head = [], ...lines] = csv
    .trim()
    .split("\n")
    .map((line) => line.split(",").map((cell) => cell.trim()));
  const rows = lines.map(([label = "", ...cells]) => ({ label, values: cells.map(Number) }));
  const bad = rows.find((row) => row.values.length !== head.length - 1 || row.values.some((value) => !(value >= 0)));
  if (bad) report("chart-data", `the row "${bad.label}" needs ${head.length - 1} numbers of 0 or more`);
  if (rows.length === 0) report("chart-data", "the chart has no rows", "write CSV: a header line, then a line a row");
  return { series: head.slice(1), rows: bad ? [] : rows };
}
