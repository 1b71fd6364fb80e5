/** Makes the whole site from its sources. A site with a mistake in it leaves the last good one untouched. */
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { base } from "../_includes/layouts/base.ts";
import { colophon, colophonUrl } from "../_includes/layouts/colophon.ts";
import postPage from "../_includes/layouts/post.11ty.ts";
import { writePages } from "../eleventy.config.ts";
import type { Blog, Post } from "../site/content/blog.ts";
import { bodyOf } from "../site/content/front-matter-fence.ts";
import { loadContent } from "../site/content/load.ts";
import { ContentError, type ContentProblem } from "../site/content/problem.ts";
import { readSource } from "../site/content/source.ts";
import { html, trusted } from "../site/html.ts";
import { noPictureCache, openPictureCache } from "../site/pictures/picture-cache.ts";
import { type Assets, buildAssets } from "../site/publish/assets.ts";
import { feedFiles } from "../site/publish/feeds/files.ts";
import { feedNews } from "../site/publish/feeds/news.ts";
import { type Area, contentSecurityPolicy, headerRules, headersFile, headersOfPage } from "../site/publish/headers.ts";
import { siteManifest } from "../site/publish/manifest.ts";
import { markdownTwin, twinUrl } from "../site/publish/markdown-twin.ts";
import { newsletterPosts } from "../site/publish/newsletter-posts.ts";
import { publishPictures } from "../site/publish/pictures.ts";
import type { Preview, Previews } from "../site/publish/previews.ts";
import { mainHole, type Shell, titleHole } from "../site/publish/shell.ts";
import { SiteModel } from "../site/template.ts";
import { areaOf, areasOf } from "./areas.ts";
import { writeCards, writeIcons } from "./cards.ts";
import type { GeneratedFiles } from "./generated.ts";
import { keepLedger } from "./ledger.ts";
import { machineFiles } from "./machine-files.ts";
import { writeMails } from "./mails.ts";
import { writePictures } from "./pictures.ts";
import { weighSite } from "./weigh.ts";

export interface SiteBuild {
  /** Project root, absolute; also the working directory. */
  readonly root: string;
  /** Folder of posts/ and _data/, absolute; the root when absent. */
  readonly content?: string | undefined;
  /** Folder of the finished site, absolute. Replaced as a whole. */
  readonly output: string;
  /** Folder of what is kept from one build to the next, absolute. Absent: everything is made anew. */
  readonly cache?: string | undefined;
  /** Files for the functions. */
  readonly generated: GeneratedFiles;
  /** Where the site will be published; site.json's `url` when absent. */
  readonly siteUrl?: string | undefined;
  /** Shows drafts and future posts, marked. For `npm start`. */
  readonly isPreview: boolean;
  /** Path from the root of the list of published addresses: a build that loses one of them fails. Absent: no list is kept. */
  readonly ledger?: string | undefined;
}

export interface BuiltSite {
  readonly blog: Blog;
  readonly warnings: readonly ContentProblem[];
}

/** @throws {ContentError} with every mistake of posts and data. */
export async function buildSite(wish: SiteBuild): Promise<BuiltSite> {
  const { root, content = root, output, generated, siteUrl, isPreview, ledger, cache } = wish;
  const loaded = await loadContent(content, { siteUrl, asOf: isPreview ? undefined : new Date(), cache });
  if (!loaded.blog) throw new ContentError(loaded.problems);
  const pictures = publishPictures(loaded.blog, isPreview);
  const { blog } = pictures;
  const assets = await buildAssets(root);
  const model = new SiteModel(blog, assets, isPreview);
  const staging = `${output}.next`;
  await rm(staging, { recursive: true, force: true });
  await writePages(model, path.relative(root, staging));
  const areas = await writeColophon(staging, model);
  await write(path.join(staging, "_headers"), headersFile(headerRules(assets, areas)));
  for (const asset of assets.files) await write(path.join(staging, asset.url), asset.content);
  const feeds = feedFiles(blog, model.cards);
  for (const [url, text] of await machineFiles(model, feeds)) await write(path.join(staging, url), text);
  await copyStatic(root, staging);
  await copyAttachments(content, staging, blog);
  const pictureCache = cache ? openPictureCache(cache) : noPictureCache;
  await writePictures(pictures, {
    root: content,
    cache: pictureCache,
    write: (url, text) => write(path.join(staging, url), text),
  });
  const cardCache = cache ? openPictureCache(cache, "cards") : noPictureCache;
  const drawn = { cache: cardCache, write: (url: string, png: Uint8Array) => write(path.join(staging, url), png) };
  await writeCards(model.cards, drawn);
  if (!isPreview) await writeIcons(await readFile(path.join(root, "site/assets/icon.svg"), "utf8"), drawn);
  await writeTwins(content, staging, blog);
  const mailCache = cache ? openPictureCache(cache, "mails") : noPictureCache;
  const mails = await writeMails(blog, {
    root: content,
    cache: mailCache,
    // In `npm start` a save should not wait for the mails of an archive.
    newest: isPreview ? 20 : undefined,
    write: (url, file) => write(path.join(staging, url), file),
  });
  const keep = ledger ? await keepLedger(root, staging, ledger) : undefined;
  await replace(output, staging);
  await keep?.();
  await write(generated["#site"], JSON.stringify(siteManifest(blog)));
  await write(generated["#shell"], JSON.stringify(shell(model)));
  await write(generated["#feeds"], JSON.stringify(feedNews(blog.site, feeds)));
  await write(generated["#newsletter"], JSON.stringify(newsletterPosts(blog, mails.urls)));
  await write(generated["#previews"], JSON.stringify(await previewsOf(content, blog, assets)));
  if (!isPreview) await Promise.all([pictureCache.prune(), cardCache.prune(), mailCache.prune()]);
  return { blog, warnings: [...loaded.problems, ...mails.warnings] };
}

/** So many of the newest articles have a policy of their own, the older ones that of all: rules are read at each request. */
const ownPolicies = 100;

/** Made last, of what the other pages weigh. Returns the areas of all of them. */
async function writeColophon(staging: string, model: SiteModel): Promise<readonly Area[]> {
  const { assets, blog } = model;
  const alone = ["/posts/", ...blog.posts.slice(0, ownPolicies).map(({ url }) => url)];
  const areas = await areasOf(staging, assets, new Set(alone));
  const rules = headerRules(assets, areas);
  const weight = await weighSite(staging, model, (url) => headersOfPage(rules, url));
  const { markup } = colophon(model, weight);
  await write(path.join(staging, colophonUrl, "index.html"), markup);
  return [...areas, areaOf(colophonUrl, markup, assets)];
}

const previewNotice = html`<p class="hint" role="note">You are reading a preview: not published yet. Please do not pass its link on.</p>`;

/** A page of the site that functions fill with what they have to say. */
function shell(model: SiteModel): Shell {
  const page = base({
    model,
    url: "",
    title: titleHole,
    noIndex: true,
    noSignUp: true,
    styles: ["form"],
    main: html`<div class="page">${trusted(mainHole)}</div>`,
  });
  return { page: page.markup, contentSecurityPolicy: contentSecurityPolicy(model.assets) };
}

/** Pages and pictures of what is not public. */
async function previewsOf(content: string, blog: Blog, assets: Assets): Promise<Previews> {
  const model = new SiteModel({ ...blog, posts: [...blog.posts, ...blog.hidden] }, assets, true);
  const previews: Record<string, Preview> = {};
  for (const post of blog.hidden) {
    const { slug, url, attachments } = post;
    const files: Record<string, string> = {};
    for (const file of attachments) files[besidePost(post, file)] = await readFile(path.join(content, file), "base64");
    previews[slug] = { html: postPage({ model, page: { url }, slug, notice: previewNotice }).markup, files };
  }
  return previews;
}

/** Path of an attachment from its post's page. */
function besidePost({ file }: Post, attachment: string): string {
  return path.relative(path.dirname(file), attachment);
}

/** Files that are published as they are, at their path below site/static/. */
async function copyStatic(root: string, staging: string): Promise<void> {
  await cp(path.join(root, "site/static"), staging, { recursive: true, dereference: true }).catch(ignoreMissing);
}

async function copyAttachments(content: string, staging: string, blog: Blog): Promise<void> {
  for (const post of blog.posts) {
    for (const file of post.attachments) {
      await cp(path.join(content, file), path.join(staging, post.url, besidePost(post, file)), { dereference: true });
    }
  }
}

async function writeTwins(content: string, staging: string, blog: Blog): Promise<void> {
  for (const post of blog.posts) {
    const { text } = await readSource(content, post.file);
    await write(path.join(staging, twinUrl(post)), markdownTwin(post, bodyOf(text), blog.site.url));
  }
}

async function write(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}

async function replace(output: string, staging: string): Promise<void> {
  const previous = `${output}.previous`;
  await rm(previous, { recursive: true, force: true });
  await rename(output, previous).catch(ignoreMissing);
  await rename(staging, output);
  await rm(previous, { recursive: true, force: true });
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
