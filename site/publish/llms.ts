/** What the site holds, for language models. @see https://llmstxt.org/ */
import type { Blog } from "../content/blog.ts";
import { twinUrl } from "./markdown-twin.ts";

export function llmsFile({ site, profile, listed }: Blog): string {
  const posts = listed.map((post) => `- [${post.title}](${site.url}${twinUrl(post)}): ${post.description}`);
  return `# ${site.title}\n\n> ${site.description}\n\n${profile.headline}\n\n## Articles\n\n${posts.join("\n")}\n`;
}
