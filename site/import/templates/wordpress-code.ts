/** Code in WordPress's shortcodes, as its plugins know it. @see https://wordpress.com/support/wordpress-editor/blocks/syntax-highlighter-code-block/ */
import { escapeHtml } from "../../html.ts";
import { type Draft, type Edit, edit } from "../draft.ts";
import { isWithin, type Range } from "../markdown/tokens.ts";
import { parseArguments } from "./arguments.ts";

const codeNames =
  "code|sourcecode|source|highlight|as3|bash|shell|coldfusion|cpp|c|csharp|css|delphi|diff|erlang|fsharp|go|groovy|html|java|javafx|javascript|js|jscript|latex|matlab|objc|perl|php|powershell|python|py|r|ruby|rust|scala|sql|text|plain|vb|xml|yaml";
const codeShortcode = new RegExp(String.raw`\[(${codeNames})\b([^\[\]]*)\]`, "gi");

/** `[code lang="php"]…[/code]`: what stands in it is text, whatever signs it has. */
export function codeShortcodes(draft: Draft): Draft {
  const { text } = draft;
  const verbatim = verbatimIn(text);
  const edits: Edit[] = [];
  let gone = 0;
  for (const { 0: tag, 1: name = "", 2: options = "", index } of text.matchAll(codeShortcode)) {
    const open = index + tag.length;
    const end = index < gone || isWithin(verbatim, index) ? -1 : closeOf(name, text, open);
    if (end < 0) continue;
    gone = end + name.length + 3;
    edits.push({ start: index, end: open, text: preFor(name, options) }, ...escaped(text.slice(open, end), open));
    edits.push({ start: end, end: gone, text: "</pre>" });
  }
  return edit(draft, edits);
}

function preFor(name: string, options: string): string {
  const { named } = parseArguments(options);
  const isLanguage = !/^(?:code|sourcecode|source|highlight)$/i.test(name);
  const settings = [
    `brush: ${named.get("language") ?? named.get("lang") ?? (isLanguage ? name : "text")}`,
    named.has("title") && `title: ${named.get("title")?.replaceAll(";", ",")}`,
    named.has("highlight") && `highlight: [${named.get("highlight")}]`,
  ];
  return `<pre class="${escapeHtml(settings.filter(Boolean).join("; "))}">`;
}

function closeOf(name: string, text: string, from: number): number {
  const close = new RegExp(String.raw`\[/${name}\]`, "gi");
  close.lastIndex = from;
  return close.exec(text)?.index ?? -1;
}

/** An editor may have put breaks and paragraphs around the lines; where there are other tags, all of them are code. */
function escaped(code: string, start: number): Edit[] {
  const isOfEditor = !/<(?!\/?(?:br|p|pre|span)\b)[a-z?!]/i.test(code);
  const signs = isOfEditor
    ? /<(?:(br\s*\/?>(?=\s*$)|\/p>(?=\s*$))|(?<=^\s*<)p>|\/?pre\b[^<>]*>|\/?span\b[^<>]*>)|</gim
    : /</g;
  return [...code.matchAll(signs)].map(({ 0: all, 1: breaks, index }) => {
    const text = all === "<" ? "&lt;" : breaks ? "<br>" : "";
    return { start: start + index, end: start + index + all.length, text };
  });
}

/** Code, comments and tags: shortcodes mean nothing in them. */
export function verbatimIn(html: string): Range[] {
  const ranges: Range[] = [];
  let open: { readonly name: string; readonly start: number } | undefined;
  for (const { 0: all, 1: slash, 2: name = "", index } of html.matchAll(
    /<!--[\s\S]*?-->|<(\/)?([a-z][\w-]*)[^<>]*>/gi,
  )) {
    const isCode = /^(?:pre|code|script|style)$/i.test(name);
    if (!open && !slash && isCode) open = { name: name.toLowerCase(), start: index };
    else if (!open) ranges.push({ start: index, end: index + all.length });
    else if (slash && open.name === name.toLowerCase()) {
      ranges.push({ start: open.start, end: index + all.length });
      open = undefined;
    }
  }
  return ranges;
}
