/** A work told from its problem to what it changed. */
import type { DataFile } from "./data.ts";
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

/** Mistakes in diagrams, at the drawings that have them. Parsers are loaded only when there is something to draw. */
export async function diagramProblems(file: DataFile<CaseStudies> | undefined): Promise<ContentProblem[]> {
  if (!file?.value.some(({ diagram }) => diagram)) return [];
  const { renderArticle } = await import("../markdown/render.ts");
  return file.value.flatMap(({ diagram }, at) => {
    const problems = diagram ? renderArticle(diagramSource(diagram)).problems : [];
    return problems.map(({ code, problem, hint }) => file.at([at, "diagram", "source"], { code, problem, hint }));
  });
}
