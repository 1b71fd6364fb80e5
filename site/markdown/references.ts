/** What an article points at, with the place where it does. */
import type Token from "markdown-it/lib/token.mjs";
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
}

export function linksOf(tokens: readonly Token[], map: SourceMap, normalize: Normalize): readonly LinkReference[] {
  return inlines(tokens).flatMap(({ children, block }) =>
    children
      .filter((token) => token.type === "link_open" && token.attrGet("class") !== "anchor")
      .map((token) => {
        const href = token.attrGet("href") ?? "";
        return { href, ...placeOf(href, { block, map, normalize }) };
      }),
  );
}

export function imagesOf(tokens: readonly Token[], map: SourceMap, normalize: Normalize): readonly ImageReference[] {
  return inlines(tokens).flatMap(({ children, block }) =>
    children
      .filter((token) => token.type === "image")
      .map((token) => {
        const src = token.attrGet("src") ?? "";
        return { src, alt: token.content.trim(), ...placeOf(src, { block, map, normalize }) };
      }),
  );
}

interface Inline {
  readonly children: readonly Token[];
  readonly block: readonly [number, number];
}

function inlines(tokens: readonly Token[]): readonly Inline[] {
  return tokens.flatMap((token) =>
    token.type === "inline" && token.map ? [{ children: token.children ?? [], block: token.map }] : [],
  );
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
