/** Bars in the rows of a table, so that the picture and its numbers are one thing. They reflow like text. */
import { type Html, html } from "../../html.ts";
import type { ChartData, ChartRow } from "./data.ts";

/** Bars are drawn to the largest value. Each series has a column of its own, so that colours need tell nothing. */
export function barChart({ head, series, rows }: ChartData, caption: Html): Html {
  const numbers = rows.flatMap(({ values }) => values.map((value) => value?.number ?? 0));
  const largest = Math.max(...numbers, Number.MIN_VALUE);
  return html`<figure class="chart"><table>
<caption>${caption}</caption>
<thead><tr><th scope="col"><span class="visually-hidden">${head || "Case"}</span></th>${series.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => barRow(row, largest))}</tbody>
</table></figure>
`;
}

function barRow({ label, values }: ChartRow, largest: number): Html {
  const bars = values.map((value, at) => {
    const width = ((100 * (value?.number ?? 0)) / largest).toFixed(2);
    const colour = at === 0 ? "accent" : "quiet";
    const bar = html`<svg aria-hidden="true"><rect width="${width}%" height="100%" fill="var(--${colour},currentColor)"/></svg>`;
    return html`<td>${bar}<span>${value?.text ?? "–"}</span></td>`;
  });
  return html`<tr><th scope="row">${label}</th>${bars}</tr>
`;
}
