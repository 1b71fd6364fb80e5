/** Markdown to HTML: pure, the same source gives the same markup. */
import type Token from "markdown-it/lib/token.mjs";
import { offsetOfLine } from "../content/source.ts";
import { type Html, trusted } from "../html.ts";
import { createMarkdown } from "./markdown.ts";

export interface RenderedArticle {
  readonly html: Html;
  /** Second- and third-level headings in their order. */
  readonly headings: readonly Heading[];
  /** Words of prose; code does not count. */
  readonly words: number;
  /** At 220 words a minute, at least 1. */
  readonly readingMinutes: number;
  readonly hasCode: boolean;
  readonly problems: readonly MarkdownProblem[];
}

export interface Heading {
  readonly level: 2 | 3;
  readonly id: string;
  readonly text: string;
}

export interface MarkdownProblem {
  /** UTF-16 units from the beginning of the Markdown. */
  readonly offset: number;
  readonly code: string;
  readonly problem: string;
  readonly hint?: string | undefined;
}

/** What rules leave behind while an article is rendered. */
export interface RenderEnv {
  readonly headings: Heading[];
  /** `line` is 0-based. */
  readonly problems: {
    readonly line: number;
    readonly code: string;
    readonly problem: string;
    readonly hint?: string | undefined;
  }[];
  /** Code blocks so far, for labels that are unique on the page. */
  codeBlocks: number;
}

const markdown = createMarkdown();
const wordsPerMinute = 220;

export function renderArticle(source: string): RenderedArticle {
  const env: RenderEnv = { headings: [], problems: [], codeBlocks: 0 };
  const tokens = markdown.parse(source, env);
  const html = trusted(markdown.renderer.render(tokens, markdown.options, env));
  const words = countWords(tokens);
  return {
    html,
    headings: env.headings,
    words,
    readingMinutes: Math.max(1, Math.round(words / wordsPerMinute)),
    hasCode: env.codeBlocks > 0,
    problems: env.problems.map(({ line, ...problem }) => ({ ...problem, offset: offsetOfLine(source, line) })),
  };
}

function countWords(tokens: readonly Token[]): number {
  const texts = tokens.filter((token) => token.type === "inline").flatMap((token) => token.children ?? []);
  return texts
    .filter((token) => token.type === "text" || token.type === "code_inline")
    .reduce((sum, token) => sum + (token.content.match(/[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu)?.length ?? 0), 0);
}
