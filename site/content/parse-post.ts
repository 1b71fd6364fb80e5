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

/** Absent when the text has no front matter. */
export function parsePost(text: string): ParsedPost | undefined {
  const split = splitFile(text);
  if (!split) return undefined;
  const { yaml, yamlStart, bodyStart } = split;
  return { frontMatter: parseYaml(yaml, yamlStart), bodyStart, article: renderArticle(text.slice(bodyStart)) };
}
