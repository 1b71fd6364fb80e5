/** A post's text taken apart and rendered: pure, all that is expensive, and nothing that depends on other files. */
import { type RenderedArticle, renderArticle } from "../markdown/render.ts";
import { splitFile } from "./front-matter-fence.ts";
import { parseYaml, type Structured } from "./structured.ts";

export interface ParsedPost {
  readonly frontMatter: Structured;
  /** Offset of the Markdown in the file. */
  readonly bodyStart: number;
  readonly article: RenderedArticle;
}

export interface TimedPost {
  /** Absent when the text has no front matter. */
  readonly parsed: ParsedPost | undefined;
  /** Milliseconds that it took, in whatever run that was. */
  readonly ms: number;
}

export function timePost(text: string, language: string): TimedPost {
  const started = performance.now();
  const parsed = parsePost(text, language);
  return { parsed, ms: performance.now() - started };
}

/** Absent when the text has no front matter. `language` is that of posts which name none. */
export function parsePost(text: string, language: string): ParsedPost | undefined {
  const split = splitFile(text);
  if (!split) return undefined;
  const { yaml, yamlStart, bodyStart } = split;
  const frontMatter = parseYaml(yaml, yamlStart);
  const article = renderArticle(text.slice(bodyStart), { language: ownLanguage(frontMatter.value) ?? language });
  return { frontMatter, bodyStart, article };
}

/** Of front matter that may be wrong in any way. */
function ownLanguage(frontMatter: unknown): string | undefined {
  const isObject = typeof frontMatter === "object" && frontMatter !== null;
  return isObject && "language" in frontMatter && typeof frontMatter.language === "string"
    ? frontMatter.language
    : undefined;
}
