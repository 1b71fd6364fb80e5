/** Markdown to HTML: pure, the same source gives the same markup. */
import type Token from "markdown-it/lib/token.mjs";
import { type Html, trusted } from "../html.ts";
import { mentionsIn, type WordCounts, wordCounts } from "../search/word-counts.ts";
import { doubledIds, idsIn, pageIds } from "./ids.ts";
import { looseEnds } from "./loose-ends.ts";
import { markdownFor } from "./markdown.ts";
import { findPictures } from "./pictures.ts";
import { joined, textParts } from "./plain-text.ts";
import { type ImageReference, imagesOf, type LinkReference, linksOf } from "./references.ts";
import { sourceMap } from "./source-map.ts";
import { structureProblems } from "./structure.ts";
import { type Term, termsOf } from "./terms.ts";

/** Read when it is asked for: more than one wants in memory of each article of a large blog. */
export type Later<T> = () => T;

export interface RenderedArticle {
  readonly html: Html;
  /** Code included. */
  readonly plainText: Later<string>;
  /** Of the plain text. */
  readonly wordCounts: Later<WordCounts>;
  /** Second- and third-level headings in their order. */
  readonly headings: readonly Heading[];
  /** What a link to a place in the article may name. */
  readonly ids: ReadonlySet<string>;
  readonly links: readonly LinkReference[];
  readonly images: readonly ImageReference[];
  /** Words of prose; code does not count. */
  readonly words: number;
  /** For likeness with other articles; most frequent first. */
  readonly terms: readonly Term[];
  /** At 220 words a minute, at least 1. */
  readonly readingMinutes: number;
  /** What the page needs beside the styles of text. */
  readonly needs: ReadonlySet<ArticleNeed>;
  readonly problems: readonly MarkdownProblem[];
}

/** Names of the style files for what not every article has. */
export type ArticleNeed = "code" | "blocks" | "rare" | "picture";

export interface Heading {
  readonly level: 2 | 3;
  readonly id: string;
  readonly text: string;
  /** Of its line: UTF-16 units from the beginning of the Markdown. */
  readonly offset: number;
}

export interface MarkdownProblem {
  /** UTF-16 units from the beginning of the Markdown. */
  readonly offset: number;
  /** Length of the text that is meant, where it is known. */
  readonly length?: number | undefined;
  readonly code: string;
  readonly problem: string;
  readonly hint?: string | undefined;
  /** `error` when absent. */
  readonly severity?: "error" | "warning";
}

/** What rules leave behind while an article is rendered. */
export interface RenderEnv {
  readonly headings: EnvHeading[];
  readonly ids: Set<string>;
  readonly problems: EnvProblem[];
  /** Code blocks so far, for labels that are unique on the page. */
  codeBlocks: number;
  /** Other boxes with names, so far, for the same. */
  readonly boxes: Record<"Table" | "Formula" | "Diagram" | "Variants", number>;
  readonly needs: Set<ArticleNeed>;
  /** In the order in which the markup has them. */
  readonly pictures: Token[];
  /** By markdown-it-footnote: defined labels behind a colon, -1 until something refers to them. */
  readonly footnotes?: { readonly refs?: Readonly<Record<string, number>> };
}

export interface EnvHeading extends Omit<Heading, "offset"> {
  /** 0-based. */
  readonly line: number;
}

export interface EnvProblem extends Omit<MarkdownProblem, "offset"> {
  /** 0-based. */
  readonly line: number;
  /** The text in that line or below it that is meant. */
  readonly about?: string | undefined;
  /** Where only a part of it is meant: how much of it comes before that part. `length` says how long the part is. */
  readonly skip?: number | undefined;
}

export interface RenderOptions {
  /** BCP 47: decides which quotation marks take the place of straight ones. */
  readonly language?: string | undefined;
}

const wordsPerMinute = 220;

export function renderArticle(source: string, { language = "en" }: RenderOptions = {}): RenderedArticle {
  const markdown = markdownFor(language);
  const env = newEnv();
  const tokens = markdown.parse(source, env);
  const { markup, spans } = findPictures(markdown.renderer.render(tokens, markdown.options, env));
  const html = trusted(markup);
  const map = sourceMap(source);
  const words = countProse(tokens);
  const ids = idsIn(markup);
  const parts = textParts(html);
  const mentions = mentionsIn(parts);
  const [text, counts] = [joined(parts), wordCounts(mentions)];
  const fromRules = env.problems.map(({ line, about, skip = 0, length, ...problem }) => {
    const found = map.find(line, about);
    if (found.length === undefined) return { ...problem, ...found };
    return { ...problem, offset: found.offset + skip, length: length ?? found.length - skip };
  });
  return {
    html,
    plainText: () => text,
    wordCounts: () => counts,
    headings: env.headings.map(({ line, ...heading }) => ({ ...heading, offset: map.find(line).offset })),
    ids: new Set([...env.ids, ...ids]),
    links: linksOf(tokens, map, markdown.normalizeLink),
    images: imagesOf(tokens, {
      map,
      normalize: markdown.normalizeLink,
      spans: new Map(env.pictures.map((token, at) => [token, spans[at]])),
    }),
    words,
    terms: termsOf(html, mentions, language),
    readingMinutes: Math.max(1, Math.round(words / wordsPerMinute)),
    needs: env.needs,
    problems: [
      ...fromRules,
      ...structureProblems(tokens, map),
      ...looseEnds(tokens, map, env.footnotes?.refs ?? {}),
      ...doubledIds(ids, map),
    ],
  };
}

/** Everything that one article's rules may change: no article knows of another. */
function newEnv(): RenderEnv {
  const boxes = { Table: 0, Formula: 0, Diagram: 0, Variants: 0 };
  return { headings: [], ids: new Set(pageIds), problems: [], codeBlocks: 0, boxes, needs: new Set(), pictures: [] };
}

/** ASCII stands in front: most letters are found without a search through the tables of Unicode. */
const proseWord = /(?:[A-Za-z0-9]+|[\p{L}\p{N}])+(?:['’.-](?:[A-Za-z0-9]+|[\p{L}\p{N}])+)*/gu;

function countProse(tokens: readonly Token[]): number {
  let words = 0;
  for (const { type: block, children } of tokens)
    if (block === "inline")
      for (const { type, content } of children ?? [])
        if (type === "text" || type === "code_inline") words += content.match(proseWord)?.length ?? 0;
  return words;
}
