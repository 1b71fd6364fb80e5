/**
 * Footnotes that wide screens show beside their reference. Such a note is in the page twice, behind its reference and in
 * the list at the end, and styles show one of the two: no screen shows both, and no screen reader reads both.
 */
import type MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";

const mark = `<small class="sidenote" role="note">`;

export function sidenoteMarkup(n: number, text: string): string {
  return `${mark}<sup>${n}</sup> ${text}</small>`;
}

/** An article's markup with each note once, for those who read it without the site's styles. */
export function withoutSidenotes(markup: string): string {
  return markup.replace(new RegExp(`${mark}.*?</small>`, "gs"), "");
}

/** Puts a note's text into `meta.beside` of its reference, and marks the notes and their list. */
export function sidenotes(markdown: MarkdownIt): void {
  markdown.core.ruler.push("sidenotes", ({ tokens }) => {
    const list = tokens.find(({ type }) => type === "footnote_block_open");
    if (!list) return;
    const notes = shortNotes(tokens);
    for (const reference of references(tokens)) {
      const note = notes.get(reference.meta.id);
      if (!note) continue;
      note.open.meta.isBeside = true;
      reference.meta.beside = note.text;
    }
    const all = tokens.filter(({ type }) => type === "footnote_open");
    list.meta = { isBeside: all.every(({ meta }) => meta.isBeside) };
    // A number that a hidden note would have counted is written out.
    if (all.some(({ meta }) => meta.isBeside)) for (const { meta } of all) meta.isAmongBeside = true;
  });
}

interface ShortNote {
  readonly open: Token;
  readonly text: readonly Token[];
}

/** Notes of one paragraph that one reference leads to, by their number. What has an id cannot be in the page twice. */
function shortNotes(tokens: readonly Token[]): ReadonlyMap<number, ShortNote> {
  const shape = "footnote_open paragraph_open inline footnote_anchor paragraph_close footnote_close";
  const notes = new Map<number, ShortNote>();
  for (const [index, open] of tokens.entries()) {
    if (open.type !== "footnote_open") continue;
    const text = tokens[index + 2]?.children;
    const types = tokens.slice(index, index + 6).map(({ type }) => type);
    if (types.join(" ") !== shape || !text?.every(canStandTwice)) continue;
    notes.set(open.meta.id, { open, text });
  }
  return notes;
}

function canStandTwice(token: Token): boolean {
  return !/^(?:html_inline|footnote_ref|image)$/.test(token.type) && token.attrGet("id") === null;
}

/** Blocks whose right edge is that of the text: beside them there is room. */
const besideRoom = /^(?:paragraph|bullet_list|ordered_list|list_item|blockquote|dl|dd)_/;

function references(tokens: readonly Token[]): readonly Token[] {
  const around: Token[] = [];
  return tokens.flatMap((token) => {
    if (token.nesting > 0) around.push(token);
    else if (token.nesting < 0) around.pop();
    if (token.type !== "inline" || around.at(-1)?.tag !== "p") return [];
    const found = outsideLinks(token.children ?? []);
    return found.length > 0 && around.every(({ type }) => besideRoom.test(type)) ? found : [];
  });
}

function outsideLinks(children: readonly Token[]): readonly Token[] {
  let links = 0;
  return children.filter((token) => {
    if (token.type.startsWith("link_")) links += token.nesting;
    return token.type === "footnote_ref" && links === 0;
  });
}
