/** WordPress's export (WXR). @see https://developer.wordpress.org/advanced-administration/wordpress/import/ */
import path from "node:path";
import type { ContentProblem } from "../../content/problem.ts";
import type { ExportKind } from "./export.ts";
import { exists } from "./project-files.ts";
import { readWordPress, type WordPressExport } from "./wordpress-export.ts";
import { tellOthers } from "./wordpress-others.ts";
import { isPost, postOf } from "./wordpress-post.ts";

export const wordpress: ExportKind = {
  name: "WordPress",
  files: /\.(?:xml|wxr|zip)$/i,
  is: (text) => /^\s*</.test(text) && /<rss\b[^>]*\bwordpress\.org\/export\//.test(text.slice(0, 64 * 1024)),
  async read(texts, { settings, folder }) {
    const problems: ContentProblem[] = [];
    const whole = readWordPress(texts, settings, problems);
    const items = whole.items.filter(isPost);
    const posts = items.map((item) => postOf(item, whole));
    problems.push(...tellOthers(whole));
    const uploads = await uploadsIn(folder);
    if (!uploads) problems.push(...noUploads(whole));
    const ids = new Map(posts.map(({ id }, at) => [items[at]?.field("wp:post_id") ?? "", id]));
    const { hosts, basePath } = whole;
    return {
      posts,
      problems,
      hosts,
      basePath,
      root: uploads ?? folder,
      filesFor: (address) => (uploads ? filesFor(uploads, address) : []),
      idAt: (address) => ids.get(numberIn(address, hosts) ?? ""),
    };
  },
};

/** The folder that WordPress calls uploads, as authors copy it from their server. */
async function uploadsIn(folder: string): Promise<string | undefined> {
  for (const name of ["wp-content/uploads", "uploads"]) {
    const uploads = path.join(folder, ...name.split("/"));
    if (await exists(uploads)) return uploads;
  }
  return undefined;
}

/** Whatever host serves it; of a smaller size that is not there, the one that was uploaded. */
function filesFor(uploads: string, address: string): readonly string[] {
  const file =
    /\/wp-content\/uploads\/(?:sites\/\d+\/)?(.+)$/.exec(address)?.[1] ??
    /^(?:https?:)?\/\/[\w.-]+\.files\.wordpress\.com\/(.+)$/.exec(address)?.[1];
  if (!file) return [];
  return [path.join(uploads, file), path.join(uploads, file.replace(/(?:-scaled|-\d+x\d+)+(?=\.\w+$)/, ""))];
}

function noUploads({ attachments, items }: WordPressExport): ContentProblem[] {
  const first = items.find(({ field }) => field("wp:post_type") === "attachment");
  const problem = `the export names ${attachments.size} uploaded files, and holds none`;
  const hint = "put the folder wp-content/uploads of the old site beside it, and import again";
  return first ? [first.source.problemAt(first.start, { code: "picture", severity: "warning", problem, hint })] : [];
}

/** `/?p=12` is an address of every post. */
function numberIn(address: string, hosts: readonly string[]): string | undefined {
  const [, host, number] = /^(?:https?:\/\/([^/?#]+))?[^?#]*\?(?:[^#]*&)?p=(\d+)/.exec(address) ?? [];
  return !host || hosts.includes(host) ? number : undefined;
}
