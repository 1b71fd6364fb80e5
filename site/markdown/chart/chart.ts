/** ```` ```chart line title="…" ````: numbers as a picture, and as a table for those who want or need it. */
import type Token from "markdown-it/lib/token.mjs";
import { type Html, html, trusted } from "../../html.ts";
import { nearest } from "../../nearest.ts";
import { boxAttributes } from "../boxes.ts";
import { parseFenceInfo, reportFrom } from "../fence-info.ts";
import { textOptions } from "../fence-options.ts";
import type { RenderEnv } from "../render.ts";
import { barChart } from "./bar.ts";
import { type ChartData, isNumber, readChartData, type TellChart } from "./data.ts";
import { lookOf, maxSeries } from "./looks.ts";
import { type PlotKind, plot } from "./plot.ts";

const kinds = ["bar", "column", "line", "scatter"] as const;
type ChartKind = (typeof kinds)[number];

const known: Readonly<Record<ChartKind, readonly string[]>> = {
  bar: ["title", "unit"],
  column: ["title", "unit", "x", "y"],
  line: ["title", "unit", "x", "y"],
  scatter: ["title", "unit", "x", "y"],
};

export function renderChart(fence: Token, env: RenderEnv): string {
  const first = fence.map?.[0] ?? 0;
  const info = parseFenceInfo(fence.info);
  const [word = ""] = info.words;
  const tell: TellChart = ({ line, code = "chart-data", ...problem }) =>
    env.problems.push({ line: first + 1 + line, code, ...problem });
  const kind = kindOf(word, tell);
  const options = textOptions(info, { known: known[kind], words: [word] }, reportFrom(fence, env.problems));
  const hint = `write title="…" behind "chart ${kind}"`;
  if (!options.get("title")) tell({ line: -1, code: "chart-title", problem: "a chart needs a title", hint });
  const data = readChartData(fence.content, tell);
  tellWhatDoesNotFit(kind, data, tell);
  if (data.rows.length === 0) return "";
  if (kind !== "bar") return plotted(kind, data, { options, env, tell });
  env.needs.add("blocks");
  return barChart(data, captionOf(options)).markup;
}

function kindOf(word: string, tell: TellChart): ChartKind {
  const kind = kinds.find((one) => one === word);
  if (kind) return kind;
  const near = nearest(word, kinds);
  const hint = near ? `did you mean "${near}"?` : `known are ${kinds.join(", ")}`;
  const problem = word ? `unknown chart "${word}"` : "the chart has no kind";
  tell({ line: -1, code: "unknown-chart", problem, hint, about: word || undefined });
  return "bar";
}

function tellWhatDoesNotFit(kind: ChartKind, { series, rows, isWhole }: ChartData, tell: TellChart): void {
  const problem = `a chart has ${maxSeries} columns of numbers at most`;
  if (series.length > maxSeries) tell({ line: 0, problem, hint: "make two of it" });
  for (const { label, values, line } of rows) {
    if (kind === "scatter" && !isNumber(label))
      tell({ line, problem: `"${label}" is no number`, hint: "points need one for each direction", about: label });
    const negative = values.find((value) => (value?.number ?? 0) < 0);
    if (kind === "bar" && negative)
      tell({ line, problem: "a bar cannot be shorter than 0", hint: 'write "chart column"', about: negative.text });
  }
  if (kind === "line" && rows.length === 1 && isWhole) tell({ line: -1, problem: "a line needs two rows" });
}

function captionOf(options: ReadonlyMap<string, string>): Html {
  const unit = options.get("unit");
  return html`${options.get("title")}${unit && html` <span>(${unit})</span>`}`;
}

interface PlotContext {
  readonly options: ReadonlyMap<string, string>;
  readonly env: RenderEnv;
  readonly tell: TellChart;
}

function plotted(kind: PlotKind, data: ChartData, { options, env, tell }: PlotContext): string {
  env.needs.add("rare");
  const title = options.get("title") ?? "";
  const label = `${kind} chart: ${title}. The numbers follow as a table.`;
  const { svg, isCrowded } = plot(kind, data, { label: label[0]?.toUpperCase() + label.slice(1), x: options.get("x") });
  const hint = 'shorten them, or write "chart bar"';
  if (isCrowded && kind === "column")
    tell({ line: -1, code: "chart-labels", severity: "warning", problem: "not all names fit below the columns", hint });
  return html`<figure class="plot"><figcaption>${captionOf(options)}</figcaption>
${data.series.length > 1 && key(kind, data)}${options.get("y") && html`<p>${options.get("y")}</p>`}${svg}
<details><summary>The numbers</summary>${table(data, title, env)}</details></figure>
`.markup;
}

/** What each look stands for. */
function key(kind: PlotKind, { series }: ChartData): Html {
  const items = series.map((name, at) => {
    const { line, area, isRound } = lookOf(at);
    const point = isRound ? '<circle cx="14" cy="6" r="4"' : '<rect x="10" y="2" width="8" height="8"';
    const sample = {
      line: `<line y1="6" x2="28" y2="6" stroke-width="2" ${line}/>`,
      column: `<rect x="10" y="1" width="10" height="10" ${area}/>`,
      scatter: `${point} ${area}/>`,
    }[kind];
    return html`<li><svg width="28" height="12" aria-hidden="true">${trusted(sample)}</svg> ${name}</li>`;
  });
  return html`<ul class="key">${items}</ul>
`;
}

function table({ head, series, rows }: ChartData, title: string, env: RenderEnv): Html {
  const names = series.map((name) => html`<th scope="col" class="right">${name}</th>`);
  const corner = head ? html`<th scope="col">${head}</th>` : html`<td></td>`;
  const body = rows.map(({ label, values }) => {
    const cells = values.map((value) => html`<td class="right">${value?.text}</td>`);
    return html`<tr><th scope="row">${label}</th>${cells}</tr>
`;
  });
  const box = trusted(boxAttributes(env, "Table", title));
  return html`<div class="table-box" ${box}><table>
<thead><tr>${corner}${names}</tr></thead>
<tbody>${body}</tbody></table></div>`;
}
