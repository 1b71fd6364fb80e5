/** What the files for machines point at: feeds, sitemap, lists, manifest, redirects. */
import { parse } from "node-html-parser";
import { type Link, linksOfPage } from "./page-links.ts";

/** By the name of the file, in whatever folder; other files that are no pages hold no links. */
const readers: Readonly<Record<string, (text: string) => readonly Link[]>> = {
  "feed.xml": (text) => [
    ...found(text, /<(?:link|a)\b[^>]*\shref="([^"]*)"/dg),
    ...found(text, /<media:content\b[^>]*\surl="([^"]*)"/dg),
    ...contents(text),
  ],
  "rss.xml": (text) => [
    ...found(text, /<link>([^<]*)/dg),
    ...found(text, /<atom:link\b[^>]*\shref="([^"]*)"/dg),
    ...found(text, /<media:content\b[^>]*\surl="([^"]*)"/dg),
    ...contents(text),
  ],
  "feed.json": (text) => found(text, /"(?:home_page_url|feed_url|url|image)":"([^"]*)"/dg),
  "sitemap.xml": (text) => found(text, /<loc>([^<]*)<\/loc>/dg),
  "llms.txt": (text) => found(text, /\]\(([^)\s]+)\)/dg),
  "robots.txt": (text) => found(text, /^sitemap:[ \t]*(\S+)/dgim),
  "security.txt": (text) => found(text, /^(?:contact|canonical):[ \t]*(https?:\S+)/dgim),
  "site.webmanifest": (text) => found(text, /"(?:id|start_url|scope|src)":"([^"]*)"/dg),
  _redirects: (text) => found(text, /^[^\s#]\S*[ \t]+(\S+)/dgm).filter(({ address }) => !address.includes(":splat")),
};

/** What reads the links of a file; absent when it holds none. */
export function textReader(file: string): ((text: string) => readonly Link[]) | undefined {
  return readers[file.slice(file.lastIndexOf("/") + 1)];
}

/** The first group of each match; the pattern needs the flags `d` and `g`. */
function found(text: string, pattern: RegExp): Link[] {
  return [...text.matchAll(pattern)].map((match) => ({
    address: decoded(match[1] ?? ""),
    offset: match.indices?.[1]?.[0] ?? match.index,
  }));
}

/** Links of the articles that stand in the feed as escaped HTML. */
function contents(text: string): Link[] {
  return [...text.matchAll(/<content(?: type="html"|:encoded)>([^<]*)/dg)].flatMap((match) => {
    const [, escaped = ""] = match;
    const start = match.indices?.[1]?.[0] ?? match.index;
    return linksOfPage(decoded(escaped)).links.map(({ address, offset }) => ({
      address,
      offset: start + offsetIn(escaped, offset),
    }));
  });
}

function decoded(escaped: string): string {
  return escaped.includes("&") ? parse(escaped).text : escaped;
}

/** An offset of the decoded text, as one of the escaped; each entity stands for one unit. */
function offsetIn(escaped: string, offset: number): number {
  let shift = 0;
  for (const { 0: entity, index } of escaped.matchAll(/&#?\w+;/g)) {
    if (index - shift >= offset) break;
    shift += entity.length - 1;
  }
  return offset + shift;
}
