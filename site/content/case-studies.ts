/** A work told from its problem to what it changed. */
import type { DataFile } from "./data.ts";
import type { PostCache } from "./post-cache.ts";
import type { ContentProblem } from "./problem.ts";
import type { CaseStudies } from "./schemas.ts";

export type CaseStudy = CaseStudies[number];

export function caseStudyUrl(key: string): string {
  return `/work/${key}/`;
}

/** The diagram as Markdown, so that it is drawn, and its mistakes found, as those of posts are. */
export function diagramSource({ title, source }: NonNullable<CaseStudy["diagram"]>): string {
  return `\`\`\`mermaid title="${title.replaceAll('"', "'")}"\n${source}\n\`\`\`\n`;
}

/** Mistakes in diagrams, at the drawings that have them. What was drawn before is not drawn again. */
export async function diagramProblems(
  file: DataFile<CaseStudies> | undefined,
  cache: PostCache,
): Promise<ContentProblem[]> {
  const found: ContentProblem[] = [];
  if (!file) return [];
  for (const [at, { diagram }] of file.value.entries()) {
    const [drawn] = diagram ? await cache.parse([`---\n---\n${diagramSource(diagram)}`], "en") : [];
    for (const { code, problem, hint } of drawn ? drawn.article.problems : [])
      found.push(file.at([at, "diagram", "source"], { code, problem, hint }));
  }
  return found;
}
