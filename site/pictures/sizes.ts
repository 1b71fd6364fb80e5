/** How wide a picture is shown, for browsers that choose a file before they know the styles. */

/** Of a column of text (`--measure` of base.css) in a window from 48em, and in a smaller one: CSS pixels. */
export const columnWidth = 558;
const narrowColumnWidth = 527;
/** What is left of a column that fills a small window. */
const marginsWidth = 43;
/** Narrower than any column. */
const alwaysFits = 270;

/** A `sizes` attribute. `width` is what the picture would take if it could, in CSS pixels. */
export function sizesOf(width: number): string {
  if (width <= alwaysFits) return `${width}px`;
  const [wide, narrow] = [Math.min(width, columnWidth), Math.min(width, narrowColumnWidth)];
  const small = `(min-width: ${narrow + marginsWidth}px) ${narrow}px, calc(100vw - ${marginsWidth}px)`;
  return wide === narrow ? small : `(min-width: 48em) ${wide}px, ${small}`;
}
