/** How the series of a chart differ: by colour, and by dashes, fill and form for those who do not see colours. */

interface Look {
  /** Attributes of a line. */
  readonly line: string;
  /** Attributes of a filled shape, or of one that is only drawn around. */
  readonly area: string;
  readonly isRound: boolean;
}

/** More would not be told apart. */
export const maxSeries = 4;

const accent = "var(--accent,currentColor)";
const ink = "var(--ink,currentColor)";
const quiet = "var(--quiet,currentColor)";

const looks: readonly [Look, ...Look[]] = [
  { line: `stroke="${accent}"`, area: `fill="${accent}"`, isRound: true },
  { line: `stroke="${ink}" stroke-dasharray="7 4"`, area: `fill="none" stroke="${ink}"`, isRound: true },
  { line: `stroke="${quiet}" stroke-dasharray="2 3"`, area: `fill="${quiet}"`, isRound: false },
  { line: `stroke="${accent}" stroke-dasharray="10 3 2 3"`, area: `fill="none" stroke="${accent}"`, isRound: false },
];

export function lookOf(series: number): Look {
  return looks[series] ?? looks[0];
}
