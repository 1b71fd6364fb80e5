/** Blocks that MDX reads otherwise than Markdown: it has no code by indentation, and Markdown between the tags of HTML. */
import { type Draft, type Edit, edit } from "../draft.ts";
import { nodesOf, parseMarkdown } from "../markdown/tokens.ts";

const deepest = 10;

/** Without the indentation that Markdown would take for code. */
export function outdented(draft: Draft): Draft {
  let plain = draft;
  for (let round = 0; round < deepest; round++) {
    const edits = nodesOf(parseMarkdown(plain.text), "codeIndented").flatMap((node): Edit[] => {
      const first = /[ \t]*$/.exec(plain.text.slice(0, node.start))?.[0].length ?? 0;
      const prefixes = nodesOf(node, "linePrefix").map(({ start, end }) => ({ start, end, text: "" }));
      return [{ start: node.start - first, end: node.start, text: "" }, ...prefixes];
    });
    if (edits.length === 0) break;
    plain = edit(plain, edits);
  }
  return plain;
}

const blockTag =
  /<!--[\s\S]*?-->|<\/?(?!(?:a|abbr|b|br|code|del|em|i|img|ins|kbd|mark|s|small|span|strong|sub|sup|u)\b)[a-zA-Z](?:[^>"']|"[^"]*"|'[^']*')*>/g;
const filler = "\uE001";
const markdownSigns = /[*_`[\]]|^\s*(?:#{1,6}|[-+>]|\d+[.)])\s/;

/** Blank lines between tags and Markdown, so that Markdown reads it. */
export function markdownInHtml(draft: Draft): Draft {
  const { text } = draft;
  const edits = nodesOf(parseMarkdown(text), "htmlFlow").flatMap(({ start, end }): Edit[] => {
    const html = text.slice(start, end);
    if (/^<(?:pre|script|style|textarea|!|\?)/i.test(html)) return [];
    const lines = linesOf(html);
    const hasMarkdown = lines.some(({ line, isText }) => isText && markdownSigns.test(line));
    return hasMarkdown ? [{ start, end, text: apart(lines) }] : [];
  });
  return edit(draft, edits);
}

interface Line {
  readonly line: string;
  /** It begins with words, or with an element that stands among words. */
  readonly isText: boolean;
}

/** A tag over several lines is one. */
function linesOf(html: string): readonly Line[] {
  const masked = html.replace(blockTag, (whole) => filler.repeat(whole.length));
  const lines: Line[] = [];
  for (let at = 0; at < html.length; ) {
    const found = masked.indexOf("\n", at);
    const end = found < 0 ? html.length : found;
    const isText = /^\s*[^\s\uE001]/.test(masked.slice(at, end));
    lines.push({ line: html.slice(at, end), isText });
    at = end + 1;
  }
  return lines;
}

function apart(lines: readonly Line[]): string {
  const indents = lines.filter(({ isText }) => isText).map(({ line }) => /^\s*/.exec(line)?.[0].length ?? 0);
  const common = Math.min(...indents);
  return lines
    .map(({ line, isText }, at) => {
      const before = lines[at - 1];
      const gap = before && before.isText !== isText ? "\n" : "";
      return gap + (isText ? line.slice(common) : line.trimStart());
    })
    .join("\n");
}
