/** The dead links of a site that was made of an old blog, and which of them the import has not reported. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import type { ContentProblem } from "../site/content/problem.ts";
import { readLedger } from "../site/import/ledger.ts";
import { readOutput } from "../site/links/output.ts";
import { linksOfPage } from "../site/links/page-links.ts";

export interface LinkFigures {
  /** Old addresses that lead to new ones. */
  readonly aliases: number;
  /** Links in pages that lead to the site itself. */
  readonly checked: number;
  readonly dead: number;
  /** What check:links says of dead links, in feeds and other files too, that nobody was told of. */
  readonly unexplained: readonly string[];
}

const Found = v.array(v.object({ file: v.string(), line: v.number(), severity: v.string(), message: v.string() }));

/** `json` is what `check:links --json` printed. */
export async function linkFigures(
  project: string,
  reported: readonly ContentProblem[],
  json: string,
): Promise<LinkFigures> {
  const dead = v.parse(Found, JSON.parse(json)).filter(({ severity }) => severity === "error");
  const links = reported.filter(({ code }) => code === "link" || code === "picture");
  const known = new Set(links.flatMap(({ problem }) => problem.split(/[\s,"]+/).map(plain)));
  const unexplained = dead.filter(({ message }) => !known.has(plain(targetOf(message))));
  return {
    aliases: await aliasCount(project),
    checked: await internalLinks(project),
    dead: dead.filter(({ file }) => file.endsWith(".html")).length,
    unexplained: unexplained.map(({ file, line, message }) => `${file}:${line} ${message}`),
  };
}

/** `nothing is published at /x/; did you mean …?`, `there is no "#y" on /posts/z/` */
function targetOf(message: string): string {
  return /published at ([^\s;]+)|no "(#[^"]+)"/.exec(message)?.slice(1).find(Boolean) ?? message;
}

/** Without section and slash at its end, as far as it is a path. */
function plain(address: string): string {
  return address.replace(/(?<=.)#.*$/, "").replace(/(?<=.)\/$/, "");
}

async function internalLinks(project: string): Promise<number> {
  const output = await readOutput(project, "_site");
  const pages = (output?.files ?? []).filter((file) => file.endsWith(".html"));
  const counts = pages.map(async (file) => {
    const { links } = linksOfPage((await output?.read(file))?.text ?? "");
    return links.filter(({ address }) => !/^[a-z][a-z0-9+.-]*:|^\/\//i.test(address)).length;
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

async function aliasCount(project: string): Promise<number> {
  const posts = path.join(project, "posts");
  const files = Object.keys(await readLedger(posts)).filter((file) => /^[^/]+(?:\/index)?\.md$/.test(file));
  const counts = files.map(async (file) => {
    const [, list = ""] = /^aliases: \[(.*)\]$/m.exec(await readFile(path.join(posts, file), "utf8")) ?? [];
    return list ? list.split(",").length : 0;
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}
