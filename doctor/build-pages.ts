/** Weighs the pages of a built site, with their response headers, against their budgets. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { headersAt, parseHeadersFile } from "../build/netlify-rules.ts";
import { budgets } from "../site/budgets.ts";
import { brotli, headerBytes } from "../site/weight/bytes.ts";
import { type Finding, ok, wrong } from "./finding.ts";

const compress = promisify(brotliCompress);
const pagesAtOnce = 16;
const shown = 3;

interface Kind {
  readonly subject: string;
  /** Of the page's path from the origin. */
  readonly address: RegExp;
  readonly maxBytes: number;
  /** Bytes as they travel; may say more than they are when that is still within `maxBytes`. */
  readonly weigh: (folder: string, url: string, maxBytes: number) => Promise<number>;
}

const article = /^\/posts\/(?!page\/).+/;
const list = /^\/(?:posts\/(?:page\/.*)?|(?:tags|series)\/.*)?$/;
const kinds: readonly Kind[] = [
  { subject: "articles", address: article, maxBytes: budgets.firstFlightBytes, weigh: weighPage },
  { subject: "home and lists", address: list, maxBytes: budgets.listMaxBytes, weigh: weighPage },
  { subject: "scripts", address: /^/, maxBytes: budgets.scriptMaxBytes, weigh: heaviestScript },
];

/** One finding a kind. `folder` is the built site, absolute. */
export async function checkPages(folder: string): Promise<readonly Finding[]> {
  const urls = await pageUrls(folder);
  return Promise.all(kinds.map((kind) => judge(folder, urls, kind)));
}

async function judge(folder: string, urls: readonly string[], { subject, address, maxBytes, weigh }: Kind) {
  const wanted = urls.filter((url) => address.test(url));
  const heavy: { url: string; bytes: number }[] = [];
  for (let at = 0; at < wanted.length; at += pagesAtOnce) {
    const some = wanted.slice(at, at + pagesAtOnce);
    const weights = await Promise.all(some.map(async (url) => ({ url, bytes: await weigh(folder, url, maxBytes) })));
    heavy.push(...weights.filter(({ bytes }) => bytes > maxBytes));
  }
  return verdict(subject, heavy, maxBytes);
}

function verdict(subject: string, heavy: readonly { url: string; bytes: number }[], maxBytes: number): Finding {
  const budget = `${maxBytes.toLocaleString("en")} bytes`;
  if (heavy.length === 0) return ok(subject, `all within ${budget}`);
  const worst = heavy.toSorted((a, b) => b.bytes - a.bytes).slice(0, shown);
  const list = worst.map(({ url, bytes }) => `${url} ${bytes.toLocaleString("en")}`).join(", ");
  const rest = heavy.length > shown ? `, and ${heavy.length - shown} more` : "";
  return wrong(subject, `over ${budget}: ${list}${rest}`, {
    remedy: "make them lighter: what is over it takes another round trip",
  });
}

/** Paths of the pages from the origin, sorted. */
async function pageUrls(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder, { recursive: true });
  return files
    .map((file) => `/${file.split(path.sep).join("/")}`)
    .filter((file) => file.endsWith("/index.html"))
    .map((file) => file.slice(0, -"index.html".length))
    .sort();
}

async function weighPage(folder: string, url: string, maxBytes: number): Promise<number> {
  const headers = await ownHeaderBytes(folder, url);
  return headers + (await brotliBytes(await readFile(path.join(folder, url, "index.html")), maxBytes - headers));
}

/** The response headers of a page. */
async function ownHeaderBytes(folder: string, url: string): Promise<number> {
  const rules = parseHeadersFile(await readFile(path.join(folder, "_headers"), "utf8").catch(() => ""));
  return headerBytes(headersAt(rules, url));
}

/** Of the files that a page loads; what stands in the page counts there. */
async function heaviestScript(folder: string, url: string, maxBytes: number): Promise<number> {
  const page = await readFile(path.join(folder, url, "index.html"), "utf8");
  const files = [...page.matchAll(/<script[^>]*\ssrc="(\/[^"?]*)/g)].map(([, file]) => path.join(folder, file ?? ""));
  const sizes = await Promise.all(files.map(async (file) => brotliBytes(await readFile(file), maxBytes)));
  return Math.max(0, ...sizes);
}

/** As a host sends it. A quick compression first: the thorough one takes tens of milliseconds a page and makes it only smaller. */
async function brotliBytes(content: Buffer, maxBytes: number): Promise<number> {
  const quick = await compress(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
  return quick.length <= maxBytes ? quick.length : (await brotli(content)).length;
}
