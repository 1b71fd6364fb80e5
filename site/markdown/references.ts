/** What an article points at, with the place where it does. */
import type Token from "markdown-it/lib/token.mjs";
import type { Span } from "./pictures.ts";
import type { Place, SourceMap } from "./source-map.ts";

/** What the parser makes of an address as it is written. */
type Normalize = (address: string) => string;

export interface LinkReference extends Place {
  /** As the reader's browser gets it. */
  readonly href: string;
}

export interface ImageReference extends Place {
  readonly src: string;
  /** Empty when the author gave none. */
  readonly alt: string;
  /** Where its tag stands in the article's markup. */
  readonly span: Span | undefined;
  /** It is within a link of the author's. */
  readonly isLinked: boolean;
  /** The article's first picture, and not far below its beginning. */
  readonly isEarly: boolean;
}

/** A screen of a phone shows about so many of an article's words. */
const earlyWords = 100;

export function linksOf(tokens: readonly Token[], map: SourceMap, normalize: Normalize): readonly LinkReference[] {
  return [...withinText(tokens, "link_open")]
    .filter(({ token }) => token.attrGet("class") !== "anchor")
    .map(({ token, block }) => {
      const href = token.attrGet("href") ?? "";
      return { href, ...placeOf(href, { block, map, normalize }) };
    });
}

interface Rendered extends Omit<Surroundings, "block"> {
  readonly spans: ReadonlyMap<Token, Span | undefined>;
}

export function imagesOf(tokens: readonly Token[], { spans, ...around }: Rendered): readonly ImageReference[] {
  const images = [...withinText(tokens, "image")].map(({ token, siblings, block }) => {
    const src = token.attrGet("src") ?? "";
    const isLinked = openLinks(siblings, token) > 0;
    const place = placeOf(src, { ...around, block });
    return { src, alt: token.content.trim(), span: spans.get(token), isLinked, isEarly: false, ...place };
  });
  const [first, ...others] = images;
  return first ? [{ ...first, isEarly: wordsBeforeImage(tokens) < earlyWords }, ...others] : [];
}

function openLinks(children: readonly Token[], image: Token): number {
  const before = children.slice(0, children.indexOf(image));
  return before.reduce((open, { type, nesting }) => (type.startsWith("link_") ? open + nesting : open), 0);
}

/** Words of text and code in the blocks above the first picture's. */
function wordsBeforeImage(tokens: readonly Token[]): number {
  const end = tokens.findIndex(({ children }) => children?.some(({ type }) => type === "image"));
  return tokens.slice(0, end).reduce((sum, { content }) => sum + (content.match(/\S+/g)?.length ?? 0), 0);
}

interface Inline {
  readonly token: Token;
  /** All of its block's text, in which it stands. */
  readonly siblings: readonly Token[];
  readonly block: readonly [number, number];
}

/** Those of a type, with what is around them. */
function* withinText(tokens: readonly Token[], type: string): Generator<Inline> {
  for (const { type: kind, children, map } of tokens) {
    if (kind !== "inline" || !map) continue;
    for (const token of children ?? []) if (token.type === type) yield { token, siblings: children ?? [], block: map };
  }
}

interface Surroundings {
  readonly block: readonly [number, number];
  readonly map: SourceMap;
  readonly normalize: Normalize;
}

/** The author may have typed what the parser then encoded. */
function placeOf(address: string, { block, map, normalize }: Surroundings): Place {
  const place = map.next(block, address);
  if (place.length !== undefined) return place;
  const typed = destinations(map.text(block)).find((one) => normalize(one) === address);
  return typed ? map.next(block, typed) : place;
}

/** What stands where an address does: `[text](here)`, `<here>`, `[label]: here`. */
function destinations(text: string): string[] {
  return [...text.matchAll(/(?:\]\(\s*<?|<|\]:\s*<?)([^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)/g)].map(
    ([, one = ""]) => one,
  );
}
