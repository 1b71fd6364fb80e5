/** Makes the whole site from its sources. A site with a mistake in it leaves the last good one untouched. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { base } from "../_includes/layouts/base.ts";
import { colophon, colophonUrl } from "../_includes/layouts/colophon.ts";
import postPage from "../_includes/layouts/post.11ty.ts";
import { makePages } from "../eleventy.config.ts";
import { type CacheUse, sumOfUses } from "../site/cache-use.ts";
import type { Blog, Post } from "../site/content/blog.ts";
import { type ReadContent, readContent, toContent } from "../site/content/load.ts";
import { ContentError, type ContentProblem } from "../site/content/problem.ts";
import { html, trusted } from "../site/html.ts";
import { noMadeCache, openMadeCache } from "../site/made-cache.ts";
import { type Assets, buildAssets } from "../site/publish/assets.ts";
import { feedNews } from "../site/publish/feeds/news.ts";
import { contentSecurityPolicy, headerRules, headersFile, headersOfPage } from "../site/publish/headers.ts";
import { siteManifest } from "../site/publish/manifest.ts";
import { newsletterPosts } from "../site/publish/newsletter-posts.ts";
import { publishPictures } from "../site/publish/pictures.ts";
import type { Preview, Previews } from "../site/publish/previews.ts";
import { mainHole, type Shell, titleHole } from "../site/publish/shell.ts";
import { SiteModel } from "../site/template.ts";
import type { SiteWeight } from "../site/weight/site-weight.ts";
import { areaCensus } from "./areas.ts";
import { writeIcons } from "./cards.ts";
import { type ProgramsBuild, putForPrograms } from "./for-programs.ts";
import type { GeneratedFiles } from "./generated.ts";
import { keepLedger } from "./ledger.ts";
import { machineFiles } from "./machine-files.ts";
import { writeMails } from "./mails.ts";
import { type Output, type OutputChange, openOutput } from "./output.ts";
import { writePictures } from "./pictures.ts";
import { isWorthThread, mayBeginEarly, type StartedPrograms, startPrograms } from "./programs.ts";
import { type StopWatch, startWatch } from "./stages.ts";
import { weighSite } from "./weigh.ts";

export interface SiteBuild {
  /** Project root, absolute; also the working directory. */
  readonly root: string;
  /** Folder of posts/ and _data/, absolute; the root when absent. */
  readonly content?: string | undefined;
  /** Folder of the finished site, absolute. Changes when the new one is whole. */
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
  /** Is told of each stage that has ended. */
  readonly watch?: StopWatch | undefined;
}

export interface BuiltSite {
  readonly blog: Blog;
  readonly warnings: readonly ContentProblem[];
  readonly change: OutputChange;
  /** What a preview was made of. */
  readonly read: ReadContent | undefined;
  /** Milliseconds that each post took to parse, now or when it was put into the cache; by its file. */
  readonly parseMs: ReadonlyMap<string, number>;
  readonly model: SiteModel;
  readonly weight: SiteWeight;
  /** Of all caches. */
  readonly cacheUse: CacheUse;
}

/** @throws {ContentError} with every mistake of posts and data. */
export async function buildSite(wish: SiteBuild): Promise<BuiltSite> {
  try {
    return await build(wish);
  } catch (error) {
    // By name: it may come from another thread.
    if (!(error instanceof Error) || error.name !== "DamagedCache") throw error;
    return build(wish);
  }
}

async function build(wish: SiteBuild): Promise<BuiltSite> {
  const { root, content = root, generated, siteUrl, isPreview, ledger, cache, watch = startWatch() } = wish;
  const asOf = isPreview ? undefined : new Date();
  const output = openOutput(wish.output);
  const { put } = output;
  const begin = (cache: string) =>
    startPrograms({ content, output: wish.output, staging: output.staging, cache, siteUrl, isPreview, asOf });
  let thread = cache && mayBeginEarly(content, cache) ? begin(cache) : undefined;
  try {
    const { pictures, problems, read, pictureCache, postUse, parseMs } = await load(content, wish, asOf);
    const { blog } = pictures;
    watch.ended("read and parse");
    if (cache && !thread && isWorthThread(blog.posts.length)) thread = begin(cache);
    const assets = await buildAssets(root);
    watch.ended("styles, scripts");
    const model = new SiteModel(blog, assets, isPreview);
    const cacheOf = (name: string) => (cache ? openMadeCache(cache, name) : noMadeCache);
    const caches = {
      pictures: pictureCache,
      cards: cacheOf("cards"),
      mails: cacheOf("mails"),
      texts: cacheOf("texts"),
    };
    const weight = await putPages(output, model);
    watch.ended("pages");
    for (const asset of assets.files) put(asset.url, asset.content);
    for await (const [url, text] of machineFiles(model, caches.texts)) put(url, text);
    watch.ended("other files");
    await writePictures(pictures, { root: content, cache: caches.pictures, put });
    if (!isPreview) {
      const icon = await readFile(path.join(root, "site/assets/icon.svg"), "utf8");
      await writeIcons(icon, { cache: caches.cards, put });
    }
    watch.ended("pictures");
    // All of them: the newsletter's books know posts by their mails, the archive's too.
    const newest = isPreview ? previewedMails : undefined;
    const mails = await writeMails(blog, { root: content, cache: caches.mails, newest, put });
    watch.ended("mails");
    const { feeds, uses } = await (thread
      ? taken(output, thread)
      : putHere({ blog, cards: model.cards, content, caches, put }));
    watch.ended("feeds, search, cards");
    putStatic(output, path.join(root, "site/static"));
    putAttachments(output, content, blog);
    const keep = ledger ? await keepLedger(root, output, ledger) : undefined;
    const change = output.commit();
    await keep?.();
    await write(generated["#site"], JSON.stringify(siteManifest(blog)));
    await write(generated["#shell"], JSON.stringify(shell(model)));
    await write(generated["#feeds"], JSON.stringify(feedNews(blog.site, feeds)));
    await write(generated["#newsletter"], JSON.stringify(newsletterPosts(blog, mails.urls)));
    await write(generated["#previews"], JSON.stringify(await previewsOf(content, blog, assets)));
    // A preview makes no pictures and no cards, which are dear, and cannot tell which of them are of use.
    const used = isPreview ? [caches.mails, caches.texts] : Object.values(caches);
    await Promise.all(used.map((one) => one.prune()));
    watch.ended("other files");
    const cacheUse = sumOfUses([postUse, ...uses, ...Object.values(caches).map((one) => one.use())]);
    const warnings = [...problems, ...mails.warnings];
    return { blog, warnings, change, read, model, weight, cacheUse, parseMs };
  } catch (error) {
    await thread?.stop();
    output.discard();
    throw error;
  } finally {
    await thread?.stop();
  }
}

interface ForPrograms {
  /** Hashes by path. */
  readonly feeds: ReadonlyMap<string, string>;
  /** Of caches that are not those of the build. */
  readonly uses: readonly CacheUse[];
}

async function putHere(build: ProgramsBuild): Promise<ForPrograms> {
  return { feeds: await putForPrograms(build), uses: [] };
}

async function taken(output: Output, { made }: StartedPrograms): Promise<ForPrograms> {
  const { feeds, files, cacheUse } = await made;
  output.take(files);
  return { feeds, uses: [cacheUse] };
}

async function load(content: string, { siteUrl, isPreview, cache }: SiteBuild, asOf: Date | undefined) {
  const options = { siteUrl, asOf, cache };
  const read = await readContent(content, options);
  const { blog, problems } = toContent(read, options);
  if (!blog) throw new ContentError(problems);
  const { pictureCache, cacheUse: postUse, parseMs } = read;
  const pictures = publishPictures(blog, isPreview);
  // Who holds it holds the text of every post.
  return { pictures, problems, pictureCache, postUse, parseMs, read: isPreview ? read : undefined };
}

/** In `npm start` a save should not wait for more. */
const previewedMails = 20;

/** So many of the newest articles have a policy of their own, the older ones that of all: rules are read at each request. */
const ownPolicies = 100;

/** Every page, and the headers that follow from what the pages carry. Gives what pages weigh. */
async function putPages(output: Output, model: SiteModel): Promise<SiteWeight> {
  const { assets, blog } = model;
  const alone = ["/posts/", ...blog.posts.slice(0, ownPolicies).map(({ url }) => url)];
  const census = areaCensus(assets, new Set(alone));
  const lengths = new Map<string, number>();
  const put = (url: string, page: string) => {
    const bytes = Buffer.from(page);
    output.put(url, bytes);
    if (!/(?:\/|\.html)$/.test(url)) return;
    census.add(url, page);
    lengths.set(url, bytes.length);
  };
  await makePages(model, put);
  // Made last, of what the other pages weigh.
  const rules = headerRules(assets, census.areas());
  const weight = await weighSite(model, {
    lengths,
    read: output.read,
    headersFor: (url) => headersOfPage(rules, url),
  });
  put(colophonUrl, colophon(model, weight).markup);
  output.put("/_headers", headersFile(headerRules(assets, census.areas())));
  return weight;
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

/** Files that are published as they are, at their path below the folder. */
function putStatic(output: Output, folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const file = path.join(folder, name);
    if (statSync(file).isFile()) output.put(`/${name.split(path.sep).join("/")}`, readFileSync(file));
  }
}

function putAttachments(output: Output, content: string, blog: Blog): void {
  for (const post of blog.posts)
    for (const file of post.attachments)
      output.put(post.url + besidePost(post, file), readFileSync(path.join(content, file)));
}

/** Whole or not at all: functions may be bundled with it at the same time. */
async function write(file: string, content: string): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(part, content);
  await rename(part, file);
}
