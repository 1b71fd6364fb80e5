/** Pieces of Markdown that tags of several languages become. */
import { destination } from "../markdown/destination.ts";

export interface Figure {
  readonly src: string;
  readonly alt?: string | undefined;
  readonly caption?: string | undefined;
  readonly link?: string | undefined;
}

/** A picture; alone in its paragraph, its title is the caption. */
export function figure({ src, alt, caption, link }: Figure): { readonly text: string; readonly isBlock: boolean } {
  const words = (caption ?? "").replace(/\s+/g, " ").trim();
  const title = words && ` "${words.replace(/["\\]/g, "\\$&")}"`;
  const picture = `![${escapeText(alt || plain(words))}](${destination(src)}${title})`;
  return { text: link ? `[${picture}](${destination(link)})` : picture, isBlock: title !== "" };
}

/** Emphasised, unless it has emphasis of its own. */
export function emphasised(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return /[*_]/.test(line) || line === "" ? line : `*${line}*`;
}

/** A fence longer than any in the code. */
export function fenced(code: string, fence = ""): string {
  const longest = Math.max(2, ...[...code.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${fence}\n${code.replace(/^\n+|\s+$/g, "")}\n${ticks}`;
}

/** `8 15-17` or `8,15-17`, with or without brackets and quotes, made our `{8,15-17}`. */
export function marked(lines: string): string {
  const ranges = lines.match(/\d+(?:\s*-\s*\d+)?/g) ?? [];
  return ranges.length > 0 ? ` {${ranges.map((range) => range.replace(/\s/g, "")).join(",")}}` : "";
}

function escapeText(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[[\]]/g, "\\$&").trim();
}

/** A caption may be Markdown or HTML; a description is neither. */
function plain(text: string): string {
  return text
    .replace(/<[^>]*>/g, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`]/g, "");
}
