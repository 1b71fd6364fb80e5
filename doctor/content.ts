/** Posts and data: whether the next build would take them. */
import type { LoadedContent } from "../site/content/load.ts";
import { type Finding, ok, wrong } from "./finding.ts";

const subject = "posts and data";
const remedy = "see them with npm run check:content";

export function checkContent({ blog, problems }: LoadedContent): readonly Finding[] {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  if (!blog) return [wrong(subject, `${plural(errors, "mistake")} that the build refuses`, { remedy, blocks: true })];
  const posts = `${plural(blog.posts.length, "public post")}, ${blog.hidden.length} hidden (drafts, or not yet due)`;
  return warnings > 0
    ? [ok(subject, posts), wrong(subject, plural(warnings, "warning"), { remedy })]
    : [ok(subject, posts)];
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
