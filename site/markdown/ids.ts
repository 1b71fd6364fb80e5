/** Ids of an article's page, none of which may stand twice. */
import type { MarkdownProblem } from "./render.ts";
import type { SourceMap } from "./source-map.ts";

/** Those of the page around an article. */
export const pageIds: readonly string[] = ["main", "subscribe-email", "subscribe-email-hint"];

/** Of headings, notes, drawings, and of the author's own HTML. */
export function idsIn(markup: string): readonly string[] {
  return [...markup.replace(/<!--.*?-->/gs, "").matchAll(/<[a-z][^>]*?\sid="([^"]+)"/gi)].map(([, id = ""]) => id);
}

/** What rules give an id is unique already; the author's own HTML may not be. */
export function doubledIds(ids: readonly string[], map: SourceMap): readonly MarkdownProblem[] {
  const seen = new Set(pageIds);
  return ids.flatMap((id) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    const problem = `the id "${id}" stands twice on the page`;
    return [{ ...map.find(0, `id="${id}"`), code: "doubled-id", problem, hint: "choose another" }];
  });
}
