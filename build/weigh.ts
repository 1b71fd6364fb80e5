/** Weighs the pages that were just built. Only sizes, no times: the same sources make the same page of weights. */
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { SiteModel } from "../site/template.ts";
import { brotli, firstFlightOf, headerBytes } from "../site/weight/bytes.ts";
import { loadsOf } from "../site/weight/loads.ts";
import type { PageWeight, SiteWeight } from "../site/weight/site-weight.ts";

/** The response headers of a page, by its path. */
type HeadersFor = (url: string) => Readonly<Record<string, string>>;

/** `folder` has every page but the one that is made of this. A thorough compression is slow, so only a few pages get one. */
export async function weighSite(
  folder: string,
  { blog, assets }: SiteModel,
  headersFor: HeadersFor,
): Promise<SiteWeight> {
  const byLength = await sortedByLength(folder, blog.listed);
  const [median, longest] = [byLength[byLength.length >> 1], byLength.at(-1)];
  const weigh = (url: string) => weighPage(folder, url, headerBytes(headersFor(url)));
  const [home, list, middle, last, styles, script] = await Promise.all([
    weigh("/"),
    weigh("/posts/"),
    median ? weigh(median) : undefined,
    longest ? weigh(longest) : undefined,
    brotli(stylesOf(await pageAt(folder, longest ?? "/"))),
    brotli(assets.pageScript.content),
  ]);
  return {
    pages: (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".html")).length + 1,
    home,
    list,
    median: middle,
    longest: last,
    styleBytes: styles.length,
    scriptBytes: script.length,
    headerBytes: headerBytes(headersFor(longest ?? "/")),
  };
}

async function sortedByLength(folder: string, posts: readonly { readonly url: string }[]): Promise<readonly string[]> {
  const sized = await Promise.all(
    posts.map(async ({ url }) => ({ url, length: (await stat(path.join(folder, url, "index.html"))).size })),
  );
  return sized.sort((a, b) => a.length - b.length || (a.url < b.url ? -1 : 1)).map(({ url }) => url);
}

/** `headers` is the bytes of its response headers. */
export async function weighPage(folder: string, url: string, headers: number): Promise<PageWeight> {
  const page = await pageAt(folder, url);
  const { requests, blocking, addresses } = loadsOf(page);
  const sent = await brotli(page);
  return {
    url,
    bytes: sent.length + headers,
    firstFlightShare: firstFlightOf(sent, headers).length / page.length,
    requests: requests.length + 1,
    blockingRequests: blocking.length,
    foreignRequests: addresses.filter((address) => /^(?:[a-z]+:)?\/\//i.test(address)).length,
  };
}

/** The markup of the page at a path of the site. */
export function pageAt(folder: string, url: string): Promise<string> {
  return readFile(path.join(folder, url.endsWith("/") ? `${url}index.html` : url), "utf8");
}

/** All styles that a page carries. */
export function stylesOf(page: string): string {
  return [...page.matchAll(/<style>([^<]*)/g)].map(([, styles]) => styles).join("");
}
