/** Lines of plain text: how wide letters are, where lines may break, tables whose columns stand below each other. */

/** Columns of a line of prose: room for quoting within the 78 that mail has. @see https://www.rfc-editor.org/rfc/rfc5322.html#section-2.1.1 */
export const lineWidth = 72;

const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60\p{Emoji_Presentation}]/u;
const joining = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Anything but letters and signs of one column each and one unit each. */
const beyondLatin = /[^ -~\u00a0-\u02ff\u0370-\u03ff\u2010-\u2027\u2190-\u21ff\u2500-\u257f]/;

/** Columns of a terminal's font. */
export function widthOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  if (!beyondLatin.test(text)) return text.length;
  let width = 0;
  for (const letter of text) width += joining.test(letter) ? 0 : wide.test(letter) ? 2 : 1;
  return width;
}

/** The text in lines of at most `width` columns; a word that is longer has a line of its own. Line ends in it stay. */
export function wrap(text: string, width: number): readonly string[] {
  return text.split("\n").flatMap((line) => wrapLine(line.trim(), width));
}

function wrapLine(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let taken = 0;
  for (const word of wordsOf(text)) {
    const wide = widthOf(word);
    const bare = word.endsWith(" ") ? wide - 1 : wide;
    if (line !== "" && taken + bare > width) {
      lines.push(line.trimEnd());
      line = word;
      taken = wide;
    } else {
      line += word;
      taken += wide;
    }
  }
  if (line.trim() !== "" || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

const ideographs = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const betweenIdeographs =
  /(?<= )|(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}。、])(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/u;

/** Each with the space behind it. Scripts without spaces break between any two of their letters. */
function wordsOf(text: string): readonly string[] {
  return ideographs.test(text) ? text.split(betweenIdeographs) : (text.match(/[^ ]* |[^ ]+$/g) ?? []);
}

/** `first` before the first line, as many spaces before the others. */
export function indented(lines: readonly string[], first: string): readonly string[] {
  const rest = " ".repeat(widthOf(first));
  return lines.map((line, at) => (at === 0 ? first + line : line && rest + line));
}

export interface TextCell {
  readonly text: string;
  readonly align?: "right" | "center" | undefined;
}

export interface TextTable {
  readonly head: readonly TextCell[];
  readonly rows: readonly (readonly TextCell[])[];
}

const gap = "  ";
const narrowestColumn = 9;

/** Columns below each other; where they do not fit, a list with a line for each cell. */
export function tableLines({ head, rows }: TextTable, width: number): readonly string[] {
  const all = head.length > 0 ? [head, ...rows] : rows;
  const columns = Math.max(0, ...all.map((row) => row.length));
  const natural = Array.from({ length: columns }, (_, at) =>
    Math.max(1, ...all.map((row) => widestLine(row[at]?.text ?? ""))),
  );
  const widths = narrowed(natural, width - gap.length * (columns - 1));
  if (!widths) return recordLines({ head, rows }, width);
  const rule = widths.map((one) => "-".repeat(one)).join(gap);
  const body = rows.flatMap((row) => rowLines(row, widths));
  return head.length > 0 ? [...rowLines(head, widths), rule, ...body] : body;
}

function widestLine(text: string): number {
  return Math.max(...text.split("\n").map(widthOf));
}

/** The widest columns give of their room. Absent when that is not enough. */
function narrowed(natural: readonly number[], room: number): readonly number[] | undefined {
  const widths = [...natural];
  let over = widths.reduce((sum, one) => sum + one, 0) - room;
  while (over > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= narrowestColumn) return undefined;
    widths[widest] = (widths[widest] ?? 0) - 1;
    over -= 1;
  }
  return widths;
}

function rowLines(row: readonly TextCell[], widths: readonly number[]): readonly string[] {
  const cells = widths.map((width, at) => wrap(row[at]?.text ?? "", width));
  const height = Math.max(1, ...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    widths
      .map((width, at) => aligned(cells[at]?.[line] ?? "", width, row[at]?.align))
      .join(gap)
      .trimEnd(),
  );
}

function aligned(text: string, width: number, align: TextCell["align"]): string {
  const room = Math.max(0, width - widthOf(text));
  if (align === "right") return " ".repeat(room) + text;
  const before = align === "center" ? room >> 1 : 0;
  return " ".repeat(before) + text + " ".repeat(room - before);
}

function recordLines({ head, rows }: TextTable, width: number): readonly string[] {
  return rows.flatMap((row, at) => {
    const cells = row.flatMap(({ text }, column) => {
      const name = head[column]?.text;
      return wrap(name ? `${name}: ${text}` : text, width - 2);
    });
    return [...(at > 0 ? [""] : []), ...indented(cells, "- ")];
  });
}
