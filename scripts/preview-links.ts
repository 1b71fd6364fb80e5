/** `npm run preview-links -- POST [--days N]`: a link that shows a draft to a reviewer on the published site. */
import path from "node:path";
import { parseArgs } from "node:util";
import { DateTime } from "luxon";
import { ConfigError as FunctionsConfigError, readTokenKeys } from "../functions/lib/config.ts";
import { keyRing } from "../functions/lib/keys.ts";
import { limits } from "../functions/lib/limits.ts";
import { previewPath } from "../functions/lib/preview/link.ts";
import { ConfigError, loadEnvironmentFile, readSiteConfig } from "../site/config.ts";
import { loadBlog } from "../site/content/load.ts";
import { nearest } from "../site/nearest.ts";
import { explain } from "./terminal.ts";

const usage = "npm run preview-links -- POST [--days N], where POST is a file under posts/ or the end of its address";
const root = path.resolve(import.meta.dirname, "..");

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { days: { type: "string", default: "7" } },
  });
  const [name, ...more] = positionals;
  if (!name || more.length > 0) throw new ConfigError(`One post at a time: ${usage}`);
  const days = Number(values.days);
  if (!Number.isInteger(days) || days < 1 || days > limits.previewLinkMaxDays)
    throw new ConfigError(`--days is a whole number from 1 to ${limits.previewLinkMaxDays}, not "${values.days}"`);
  loadEnvironmentFile(root);
  const { siteUrl } = readSiteConfig(root);
  const blog = await loadBlog(root, { siteUrl, asOf: new Date(), cache: path.join(root, ".cache") });
  const known = new Map(
    [...blog.posts, ...blog.hidden].flatMap((post) => [[post.file, post] as const, [post.slug, post] as const]),
  );
  const wanted = path.isAbsolute(name) ? path.relative(root, name) : path.normalize(name);
  const post = known.get(wanted);
  if (!post) throw new ConfigError(`There is no post "${name}"; ${didYouMean(name, [...known.keys()])}`);
  if (!blog.hidden.includes(post)) {
    console.log(`${post.file} is public already: ${blog.site.url}${post.url}`);
  } else {
    const end = DateTime.now().setZone(blog.site.timezone).plus({ days });
    const expiresAt = Math.floor(end.toSeconds());
    console.log(blog.site.url + previewPath(keyRing(readTokenKeys()), { slug: post.slug, expiresAt }));
    console.log(`Shows ${post.file} as of the last deploy that has it, until ${end.toFormat("d LLLL yyyy, HH:mm")}.`);
  }
} catch (error) {
  console.error(error instanceof FunctionsConfigError ? withoutKeys(error) : explain(error));
  process.exitCode = 1;
}

function didYouMean(name: string, names: readonly string[]): string {
  const close = nearest(name, names);
  return close ? `did you mean "${close}"?` : "give its file under posts/";
}

function withoutKeys({ message }: FunctionsConfigError): string {
  return `${message}: the link must be signed with the keys of the published site. Put its TOKEN_KEYS into .env, or before the command.`;
}
