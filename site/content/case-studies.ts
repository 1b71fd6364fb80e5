/** A work told from its problem to what it changed. */

import type { RenderedArticle } from "../markdown/render.ts";
import type { DataFile } from "./data.ts";
import type { PostCache } from "./post-cache.ts";
import type { ContentProblem } from "./problem.ts";
import type { CaseStudies } from "./schemas.ts";

export type CaseStudy = CaseStudies[number];

export function caseStudyUrl(key: string): string {
  return `/work/${key}/`;
}

/** The diagram as Markdown, so that it is drawn, and its mistakes found, as those of posts are. */
function diagramSource({ title, source }: NonNullable<CaseStudy["diagram"]>): string {
  return `\`\`\`mermaid title="${title.replaceAll('"', "'")}"\n${source}\n\`\`\`\n`;
}

/** Diagrams by the keys of their case studies. */
export type Drawings = ReadonlyMap<string, RenderedArticle>;

export interface DrawnDiagrams {
  readonly drawings: Drawings;
  /** Mistakes in diagrams, at the diagrams that have them. */
  readonly problems: readonly ContentProblem[];
}

/** What was drawn before is not drawn again. */
export async function drawDiagrams(file: DataFile<CaseStudies> | undefined, cache: PostCache): Promise<DrawnDiagrams> {
  const drawings = new Map<string, RenderedArticle>();
  const problems: ContentProblem[] = [];
  if (!file) return { drawings, problems };
  for (const [at, { key, diagram }] of file.value.entries()) {
    const [timed] = diagram ? await cache.parse([`---\n---\n${diagramSource(diagram)}`], "en") : [];
    const drawn = timed?.parsed;
    if (!drawn) continue;
    drawings.set(key, drawn.article);
    for (const { code, problem, hint } of drawn.article.problems)
      problems.push(file.at([at, "diagram", "source"], { code, problem, hint }));
  }
  return { drawings, problems };
}
