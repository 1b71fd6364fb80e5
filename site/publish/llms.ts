/** What the site holds, for language models. @see https://llmstxt.org/ */
import type { Blog } from "../content/blog.ts";
import { caseStudyUrl } from "../content/case-studies.ts";
import { isTalk, talkUrl } from "../content/talks.ts";
import { twinUrl } from "./markdown-twin.ts";

export function llmsFile({ site, profile, listed, series, caseStudies, achievements }: Blog): string {
  const posts = listed.map((post) => `- [${post.title}](${site.url}${twinUrl(post)}): ${post.description}`);
  const inOrder = series.map(({ name, url, parts }) => {
    const titles = parts.map(({ title }) => title).join("; ");
    return `- [${name}](${new URL(url, site.url).href}): ${titles}`;
  });
  const works = [
    ...caseStudies.map(({ key, title, problem }) => ({ title, url: caseStudyUrl(key), text: problem })),
    ...achievements.filter(isTalk).map((talk) => ({ title: talk.title, url: talkUrl(talk), text: talk.abstract })),
  ].map(({ title, url, text }) => `- [${title}](${new URL(url, site.url).href}): ${text.replace(/\s+/g, " ")}`);
  const sections = [`# ${site.title}`, `> ${site.description}`, profile.headline, "## Articles", posts.join("\n")];
  if (inOrder.length > 0) sections.push("## Series", inOrder.join("\n"));
  if (works.length > 0) sections.push("## Case studies and talks", works.join("\n"));
  return `${sections.join("\n\n")}\n`;
}
