/** `npm run views:pull`: writes how often each post was read into `_data/views.json`, for the next build. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { openProjectDatabase } from "../dev/project-database.ts";
import { countViews, today } from "../functions/lib/store/views.ts";
import { viewsOf } from "../functions/lib/views/slugs.ts";
import { loadEnvironmentFile, readSiteConfig } from "../site/config.ts";
import { loadContent } from "../site/content/load.ts";
import { ContentError } from "../site/content/problem.ts";
import type { Views } from "../site/content/schemas.ts";
import { explain } from "./terminal.ts";

const root = process.cwd();
const file = "_data/views.json";

try {
  loadEnvironmentFile(root);
  const { blog, problems } = await loadContent(root, { cache: path.join(root, ".cache") });
  if (!blog) throw new ContentError(problems);
  const { database, close } = await openProjectDatabase(readSiteConfig(root));
  try {
    const counted = await database.run(countViews);
    const posts = blog.posts.map((post) => [post.slug, viewsOf(counted, post)] as const);
    const views: Views = { asOf: await database.run(today), posts: Object.fromEntries(posts.toSorted(bySlug)) };
    await writeFile(path.join(root, file), `${JSON.stringify(views, null, 2)}\n`);
    const total = posts.reduce((all, [, one]) => all + one, 0);
    console.log(`${file}: ${total.toLocaleString("en")} views of ${posts.length} posts`);
  } finally {
    await close();
  }
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

/** In an order that does not change from day to day, so that history shows what did. */
function bySlug([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return a < b ? -1 : 1;
}
