/** What the site holds, for language models. @see https://llmstxt.org/ */
import type { Blog } from "../content/blog.ts";
import { twinUrl } from "./markdown-twin.ts";

export function llmsFile({ site, profile, listed, series }: Blog): string {
  const posts = listed.map((post) => `- [${post.title}](${site.url}${twinUrl(post)}): ${post.description}`);
  const inOrder = series.map(({ name, url, parts }) => {
    const titles = parts.map(({ title }) => title).join("; ");
    return `- [${name}](${new URL(url, site.url).href}): ${titles}`;
  });
  const sections = [`# ${site.title}`, `> ${site.description}`, profile.headline, "## Articles", posts.join("\n")];
  if (inOrder.length > 0) sections.push("## Series", inOrder.join("\n"));
  return `${sections.join("\n\n")}\n`;
}
