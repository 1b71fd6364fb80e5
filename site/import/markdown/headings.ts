/** Headings as our posts have them: from the second level on, without gaps, the page's title not said twice. */
import { type Draft, type Edit, edit } from "../draft.ts";
import { oneLine } from "../names.ts";
import type { Tell } from "../source-post.ts";
import { type Node, nodesOf, parseMarkdown } from "./tokens.ts";

interface Heading {
  readonly node: Node;
  readonly level: number;
  /** Markdown of its text. */
  readonly text: string;
  /** Name that the author gave it, `{#name}`. */
  readonly id: string | undefined;
}

export function mendHeadings(draft: Draft, title: string, tell: Tell): Draft {
  const found = headingsOf(draft.text);
  const [first] = found;
  const saysTitle =
    first?.level === 1 &&
    sameWords(first.text, title) &&
    draft.text
      .slice(0, first.node.start)
      .replace(/<!--[\s\S]*?-->/g, "")
      .trim() === "";
  const edits: Edit[] = saysTitle ? [withBlankLines(draft.text, first.node)] : [];
  const rest = saysTitle ? found.slice(1) : found;
  // All together, so that the highest of them stands below the title.
  const shift = rest.length > 0 ? 2 - Math.min(...rest.map(({ level }) => level)) : 0;
  let above = 1;
  for (const heading of rest) {
    const { node, text, id } = heading;
    if (text === "") {
      tell(draft.originOf(node.start), "heading", "heading without text", "left out");
      edits.push({ start: node.start, end: node.end, text: "" });
      continue;
    }
    const wished = Math.min(6, heading.level + shift);
    const level = Math.min(wished, above + 1);
    if (level < wished)
      tell(
        draft.originOf(node.start),
        "heading",
        `heading of level ${wished} below one of level ${above}`,
        `became level ${level}`,
      );
    above = level;
    edits.push({ start: node.start, end: node.end, text: `${"#".repeat(level)} ${named(text, id)}` });
  }
  return edit(draft, edits);
}

function headingsOf(text: string): Heading[] {
  return nodesOf(parseMarkdown(text), "atxHeading", "setextHeading").map((node) => {
    const written = nodesOf(node, "atxHeadingText", "setextHeadingText").map(({ start, end }) =>
      text.slice(start, end),
    );
    const marks = nodesOf(node, "atxHeadingSequence", "setextHeadingLine")[0];
    const mark = marks ? text.slice(marks.start, marks.end) : "";
    const level = mark.startsWith("#") ? mark.length : mark.startsWith("=") ? 1 : 2;
    const named = /^(.*?)\s*\{:?\s*#([\w:.-]+)[^}]*\}\s*$/s.exec(written.join(" "));
    const words = oneLine(
      (named?.[1] ?? written.join(" ")).replace(/\s*\{:?\s*\.[^}]*\}\s*$/, "").replace(/\n\s*>\s?/g, " "),
    );
    return { node, level, text: words, id: named?.[2] };
  });
}

/** Takes a block out, and the blank lines below it. */
function withBlankLines(text: string, { start, end }: Node): Edit {
  return { start, end: end + (/^(?:[ \t]*\n)*/.exec(text.slice(end))?.[0].length ?? 0), text: "" };
}

/** A dot within braces begins a class: such a name needs an element of its own. */
function named(text: string, id: string | undefined): string {
  if (!id) return text;
  return id.includes(".") ? `<span id="${id}"></span>${text}` : `${text} {#${id}}`;
}

function sameWords(a: string, b: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  return plain(a) === plain(b);
}
