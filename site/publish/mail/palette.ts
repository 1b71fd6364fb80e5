/**
 * The measure and the site's colours for mails, where styles stand on the elements themselves. Every part has its ground with it, so that
 * clients that turn a mail dark turn both; those that ask for dark colours get the site's own.
 */

/** CSS pixels: the column of a mail. */
export const columnWidth = 600;

interface Palette {
  readonly paper: string;
  readonly surface: string;
  readonly tint: string;
  readonly added: string;
  readonly removed: string;
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly accent: string;
  /** Of code: keyword, string, number, function. */
  readonly k: string;
  readonly s: string;
  readonly n: string;
  readonly f: string;
}

/** A test holds both against styles/base.css and styles/code.css. */
export const light: Palette = Object.freeze({
  paper: "#fdfcf9",
  surface: "#f5f2eb",
  tint: "#ebe4d5",
  added: "#e2edd6",
  removed: "#f6e1dc",
  ink: "#1d1c1a",
  quiet: "#625d55",
  line: "#e2ddd2",
  accent: "#a3341c",
  k: "#98301b",
  s: "#3a6420",
  n: "#7e5200",
  f: "#1f5796",
});

export const dark: Palette = Object.freeze({
  paper: "#16181c",
  surface: "#1e2127",
  tint: "#2b2f38",
  added: "#213023",
  removed: "#3a2626",
  ink: "#dddbd6",
  quiet: "#9d9b96",
  line: "#31343b",
  accent: "#f2997f",
  k: "#f2997f",
  s: "#a5cf86",
  n: "#e2bd6b",
  f: "#8fbcf2",
});

const grounds = ["paper", "surface", "tint", "added", "removed", "accent", "quiet"] as const;
const letters = ["ink", "quiet", "accent", "k", "s", "n", "f"] as const;
const edges = ["line", "quiet", "accent"] as const;

/** Rules by what the `style` attributes say: classes are renamed or dropped on the way, attributes stay. */
export function darkRules(): string {
  return [
    ...grounds.map((name) => `[style*="background:${light[name]}"]{background:${dark[name]}!important}`),
    ...letters.map((name) => `[style*="color:${light[name]}"]{color:${dark[name]}!important}`),
    ...edges.map((name) => `[style*="solid ${light[name]}"]{border-color:${dark[name]}!important}`),
  ].join("");
}
