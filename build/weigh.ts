/** Weighs the pages that were just built. Only sizes, no times: the same sources make the same page of weights. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "node-html-parser";
import type { SiteModel } from "../site/template.ts";
import { brotli, firstFlightOf, headerBytes } from "../site/weight/bytes.ts";
import { loadsOf } from "../site/weight/loads.ts";
import type { PageWeight, SiteWeight } from "../site/weight/site-weight.ts";

/** What was built, but for the page that is made of this. */
interface BuiltPages {
  /** Bytes of each page, uncompressed, by its path. */
  readonly lengths: ReadonlyMap<string, number>;
  readonly read: (url: string) => string;
  /** The response headers of a page, by its path. */
  readonly headersFor: (url: string) => Readonly<Record<string, string>>;
}

/** A thorough compression is slow, so only a few pages get one. */
export async function weighSite(
  { blog, assets }: SiteModel,
  { lengths, read, headersFor }: BuiltPages,
): Promise<SiteWeight> {
  const lengthOf = (url: string) => lengths.get(url) ?? 0;
  const byLength = blog.listed.map(({ url }) => url).sort((a, b) => lengthOf(a) - lengthOf(b) || (a < b ? -1 : 1));
  const [median, longest] = [byLength[byLength.length >> 1], byLength.at(-1)];
  const weigh = (url: string) => weighPage(read(url), url, headerBytes(headersFor(url)));
  const [home, list, middle, last, styles, script] = await Promise.all([
    weigh("/"),
    weigh("/posts/"),
    median ? weigh(median) : undefined,
    longest ? weigh(longest) : undefined,
    brotli(stylesOf(read(longest ?? "/"))),
    brotli(assets.pageScript.content),
  ]);
  return {
    pages: lengths.size + 1,
    home,
    list,
    median: middle,
    longest: last,
    styleBytes: styles.length,
    scriptBytes: script.length,
    headerBytes: headerBytes(headersFor(longest ?? "/")),
  };
}

/** `headers` is the bytes of its response headers. */
export async function weighPage(page: string, url: string, headers: number): Promise<PageWeight> {
  const { requests, blocking, addresses } = loadsOf(page);
  const sent = await brotli(page);
  const arrived = firstFlightOf(sent, headers);
  return {
    url,
    bytes: sent.length + headers,
    firstFlightShare: arrived.length / page.length,
    firstFlightWords: wordsOfArticle(arrived),
    requests: requests.length + 1,
    blockingRequests: blocking.length,
    foreignRequests: addresses.filter((address) => /^(?:[a-z]+:)?\/\//i.test(address)).length,
  };
}

/** In the beginning of a page, or all of it; none where it is no article. */
function wordsOfArticle(markup: string): number {
  const [, article = ""] = markup.split('<div class="prose e-content">');
  return parse(article).text.split(/\s+/).filter(Boolean).length;
}

/** The markup of the page at a path of the site in a folder. */
export function pageAt(folder: string, url: string): Promise<string> {
  return readFile(path.join(folder, url.endsWith("/") ? `${url}index.html` : url), "utf8");
}

/** All styles that a page carries. */
export function stylesOf(page: string): string {
  return [...page.matchAll(/<style>([^<]*)/g)].map(([, styles]) => styles).join("");
}
