/** Which letters the fonts of cards have, and which of their files have them. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);

export type FontFamily = "source-serif-4" | "source-sans-3";

interface Subset {
  /** `latin-ext`, as it is called in the names of files. */
  readonly name: string;
  /** First and last code points. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** One with the basic letters comes first: it is the one that a text is set in as far as it goes. */
const order = ["latin", "latin-ext", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "vietnamese"];
const known = new Map<FontFamily, readonly Subset[]>();

/** The text as one line without what no font draws and no reader misses: pictographs, and marks that cannot be seen. */
export function plainLine(text: string): string {
  const unseen = /[\p{Cc}\p{Cf}\p{Variation_Selector}]/gu;
  const pictographs = /(?![©®™])[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}]|\u20e3/gu;
  const line = text.normalize("NFC").replace(/\s+/g, " ");
  return line.replace(unseen, "").replace(pictographs, "").replace(/ +/g, " ").trim();
}

/** The first letter of a text for which no font of the family has a form. */
export function missingLetter(text: string, family: FontFamily): string | undefined {
  const subsets = subsetsOf(family);
  return [...plainLine(text)].find((letter) => !subsets.some((subset) => has(subset, letter)));
}

/** Paths of the files that a text needs, by the subset that each holds; the basic letters first. */
export function fontFiles(text: string, family: FontFamily): ReadonlyMap<string, string> {
  const needed = subsetsOf(family).filter(
    (subset) => subset.name === "latin" || [...text].some((letter) => has(subset, letter)),
  );
  const folder = path.join(folderOf(family), "files");
  return new Map(needed.map(({ name }) => [name, path.join(folder, `${family}-${name}-400-normal.woff`)]));
}

function has({ ranges }: Subset, letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0;
  return ranges.some(([first, last]) => code >= first && code <= last);
}

function subsetsOf(family: FontFamily): readonly Subset[] {
  const subsets = known.get(family) ?? readSubsets(family);
  known.set(family, subsets);
  return subsets;
}

/** As style sheets write them, `U+0460-052F,U+20B4`. @see https://drafts.csswg.org/css-fonts/#unicode-range-desc */
function readSubsets(family: FontFamily): readonly Subset[] {
  const file = path.join(folderOf(family), "unicode.json");
  const written = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, string>>;
  return order.flatMap((name) => {
    const ranges = written[name]?.split(",").map(rangeOf);
    return ranges ? [{ name, ranges }] : [];
  });
}

function rangeOf(written: string): readonly [number, number] {
  const [first = "", last = first] = written.trim().slice(2).split("-");
  return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
}

function folderOf(family: FontFamily): string {
  return path.dirname(require.resolve(`@fontsource/${family}/package.json`));
}
