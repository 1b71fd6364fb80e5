/** HTML whose tags say where they stand: the parser of documents keeps no places. */

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

/** Adds to every tag that opens an attribute with its offset. Tags that are nested too deeply are left out. */
export function placeTags(html: string): Placed {
  const pieces: string[] = [];
  const open = openElements();
  let tooDeepAt: number | undefined;
  let reached = 0;
  let isBroken = false;
  const start = /<!--|<(\/?)([a-z][^\s/>]*)/gi;
  for (let match = start.exec(html); match; match = start.exec(html)) {
    const [all, slash, written = ""] = match;
    const end = all === "<!--" ? endOfComment(html, match.index) : endOfTag(html, start.lastIndex, isBroken);
    if (end === undefined) {
      // What never ends is text. Once that has happened, quotation marks no longer say much.
      isBroken = true;
      pieces.push(html.slice(reached, match.index), "&lt;");
      reached = match.index + 1;
      continue;
    }
    const name = written.toLowerCase();
    const isKept = all === "<!--" || (slash ? open.close(name) : open.open(name));
    if (!isKept) {
      tooDeepAt ??= match.index;
      pieces.push(html.slice(reached, match.index));
      reached = end;
    } else if (!slash && name) {
      pieces.push(html.slice(reached, start.lastIndex), ` ${placeAttribute}="${match.index}"`);
      reached = start.lastIndex;
    }
    start.lastIndex = !slash && raw.has(name) ? endOfRaw(html, name, end) : end;
  }
  return { html: pieces.join("") + html.slice(reached), tooDeepAt };
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
