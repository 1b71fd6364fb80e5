/** A work told from its problem to what it changed. */
import type { CaseStudies } from "./schemas.ts";

export type CaseStudy = CaseStudies[number];

export function caseStudyUrl(key: string): string {
  return `/work/${key}/`;
}

/** The diagram as Markdown, so that it is drawn, and its mistakes found, as those of posts are. */
export function diagramSource({ title, source }: NonNullable<CaseStudy["diagram"]>): string {
  return `\`\`\`mermaid title="${title.replaceAll('"', "'")}"\n${source}\n\`\`\`\n`;
}
