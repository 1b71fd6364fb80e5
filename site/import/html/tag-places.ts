/** HTML whose tags say where they stand: the parser of documents keeps no places. */

import { draftOf, type Edit, edit } from "../draft.ts";

export const placeAttribute = "data-import-at";

export interface Placed {
  readonly html: string;
  /** Offset of the first tag that was left out because too many were open around it. */
  readonly tooDeepAt: number | undefined;
}

/** Deeper than anybody writes; parsers and writers of documents call themselves once a level. */
const maxDepth = 150;
/** Of lists and quotations, which are nested in Markdown as well. */
const maxNesting = 16;

const voids = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
const nesting = new Set("blockquote dl details ol ul".split(" "));
/** A tag that closes these may be missing. */
const implied = new Set("dd dt li option p tbody td tfoot th thead tr".split(" "));
/** Between their tags stands no HTML. */
const raw = new Set("iframe noembed noframes script style textarea title xmp".split(" "));

/** Stands where text begins on a line of its own, and says where that is. */
export const placeElement = "x-place";

/** Adds to every tag that opens an attribute with its offset. Tags that are nested too deeply are left out. */
export function placeTags(html: string, { texts }: { readonly texts: boolean }): Placed {
  const edits: Edit[] = [];
  const open = openElements();
  let tooDeepAt: number | undefined;
  let textStart = 0;
  let isBroken = false;
  const tag = /<!--|<(\/?)([a-z][^\s/>]*)/gi;
  for (let match = tag.exec(html); match; match = tag.exec(html)) {
    const [all, slash, written = ""] = match;
    const { index } = match;
    const end = all === "<!--" ? endOfComment(html, index) : endOfTag(html, tag.lastIndex, isBroken);
    if (end === undefined) {
      // What never ends is text. Once that has happened, quotation marks no longer say much.
      isBroken = true;
      edits.push({ start: index, end: index + 1, text: "&lt;" });
      continue;
    }
    const name = written.toLowerCase();
    const isKept = all === "<!--" || (slash ? open.close(name) : open.open(name));
    if (texts) edits.push(...placeTexts(html.slice(textStart, index), textStart));
    if (!isKept) edits.push({ start: index, end, text: "" });
    else if (!slash && name) edits.push(place(tag.lastIndex, ` ${placeAttribute}="${index}"`));
    if (!isKept) tooDeepAt ??= index;
    textStart = !slash && raw.has(name) ? endOfRaw(html, name, end) : end;
    tag.lastIndex = textStart;
  }
  if (texts) edits.push(...placeTexts(html.slice(textStart), textStart));
  return { html: edit(draftOf(html), edits).text, tooDeepAt };
}

function placeTexts(text: string, start: number): Edit[] {
  return [...text.matchAll(/\n\s*(?=\S)/g)].map(({ 0: space, index }) => {
    const at = start + index + space.length;
    return place(at, `<${placeElement} ${placeAttribute}="${at}"></${placeElement}>`);
  });
}

function place(at: number, text: string): Edit {
  return { start: at, end: at, text };
}

/** Both say whether the tag is kept. */
interface OpenElements {
  open(name: string): boolean;
  close(name: string): boolean;
}

function openElements(): OpenElements {
  const names: string[] = [];
  const dropped = new Map<string, number>();
  return {
    open(name) {
      if (voids.has(name)) return true;
      if (implied.has(name) && names.at(-1) === name) names.pop();
      const isNested = nesting.has(name) && names.filter((one) => nesting.has(one)).length >= maxNesting;
      if (names.length < maxDepth && !isNested) return names.push(name) > 0;
      dropped.set(name, (dropped.get(name) ?? 0) + 1);
      return false;
    },
    close(name) {
      const lost = dropped.get(name) ?? 0;
      if (lost > 0) dropped.set(name, lost - 1);
      const at = names.lastIndexOf(name);
      if (lost === 0 && at >= 0) names.length = at;
      return lost === 0;
    },
  };
}

function endOfComment(html: string, start: number): number | undefined {
  const end = html.indexOf("-->", start + 2);
  return end < 0 ? undefined : end + 3;
}

/** Offset behind the `>` that no quotation marks stand around; of a plain tag only behind its first sign. */
function endOfTag(html: string, from: number, isPlain: boolean): number | undefined {
  const sign = isPlain ? /[<>"']/g : /[>"']/g;
  sign.lastIndex = from;
  for (let match = sign.exec(html); match; match = sign.exec(html)) {
    if (match[0] === ">") return sign.lastIndex;
    if (isPlain) return undefined;
    const close = html.indexOf(match[0], sign.lastIndex);
    if (close < 0) return undefined;
    sign.lastIndex = close + 1;
  }
  return undefined;
}

function endOfRaw(html: string, name: string, from: number): number {
  const close = new RegExp(`</${name}(?=[\\s/>])`, "gi");
  close.lastIndex = from;
  return close.exec(html)?.index ?? html.length;
}
