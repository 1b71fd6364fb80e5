/** Markdown to HTML: pure, the same source gives the same markup. */
import type Token from "markdown-it/lib/token.mjs";
import { type Html, trusted } from "../html.ts";
import { looseEnds } from "./loose-ends.ts";
import { createMarkdown } from "./markdown.ts";
import { type ImageReference, imagesOf, type LinkReference, linksOf } from "./references.ts";
import { sourceMap } from "./source-map.ts";
import { structureProblems } from "./structure.ts";

export interface RenderedArticle {
  readonly html: Html;
  /** Second- and third-level headings in their order. */
  readonly headings: readonly Heading[];
  /** What a link to a place in the article may name. */
  readonly ids: ReadonlySet<string>;
  readonly links: readonly LinkReference[];
  readonly images: readonly ImageReference[];
  /** Words of prose; code does not count. */
  readonly words: number;
  /** At 220 words a minute, at least 1. */
  readonly readingMinutes: number;
  /** What the page needs beside the styles of text. */
  readonly needs: ReadonlySet<ArticleNeed>;
  readonly problems: readonly MarkdownProblem[];
}

/** Names of the style files for what not every article has. */
export type ArticleNeed = "code" | "tabs" | "blocks";

export interface Heading {
  readonly level: 2 | 3;
  readonly id: string;
  readonly text: string;
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
  readonly headings: Heading[];
  readonly ids: Set<string>;
  readonly problems: EnvProblem[];
  /** Code blocks so far, for labels that are unique on the page. */
  codeBlocks: number;
  readonly needs: Set<ArticleNeed>;
  /** By markdown-it-footnote: defined labels behind a colon, -1 until something refers to them. */
  readonly footnotes?: { readonly refs?: Readonly<Record<string, number>> };
}

export interface EnvProblem extends Omit<MarkdownProblem, "offset"> {
  /** 0-based. */
  readonly line: number;
  /** The text in that line or below it that is meant. */
  readonly about?: string | undefined;
  /** Where only a part of it is meant: how much of it comes before that part. `length` says how long the part is. */
  readonly skip?: number | undefined;
}

const markdown = createMarkdown();
const wordsPerMinute = 220;

export function renderArticle(source: string): RenderedArticle {
  const env: RenderEnv = { headings: [], ids: new Set(), problems: [], codeBlocks: 0, needs: new Set() };
  const tokens = markdown.parse(source, env);
  const html = trusted(markdown.renderer.render(tokens, markdown.options, env));
  const map = sourceMap(source);
  const words = countWords(tokens);
  const fromRules = env.problems.map(({ line, about, skip = 0, length, ...problem }) => {
    const found = map.find(line, about);
    if (found.length === undefined) return { ...problem, ...found };
    return { ...problem, offset: found.offset + skip, length: length ?? found.length - skip };
  });
  return {
    html,
    headings: env.headings,
    ids: new Set([...env.ids, ...rawIds(html)]),
    links: linksOf(tokens, map, markdown.normalizeLink),
    images: imagesOf(tokens, map, markdown.normalizeLink),
    words,
    readingMinutes: Math.max(1, Math.round(words / wordsPerMinute)),
    needs: env.needs,
    problems: [...fromRules, ...structureProblems(tokens, map), ...looseEnds(tokens, map, env.footnotes?.refs ?? {})],
  };
}

function countWords(tokens: readonly Token[]): number {
  const texts = tokens.filter((token) => token.type === "inline").flatMap((token) => token.children ?? []);
  return texts
    .filter((token) => token.type === "text" || token.type === "code_inline")
    .reduce((sum, token) => sum + (token.content.match(/[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu)?.length ?? 0), 0);
}

/** Footnotes and the author's own HTML have ids too. */
function rawIds(html: Html): readonly string[] {
  return [...html.markup.matchAll(/<[a-z][^>]*\sid="([^"]+)"/gi)].map(([, id = ""]) => id);
}
