/** Where the links of the built site lead that lead to itself: to what is published, and to sections that are there. */
import type { ContentProblem } from "../content/problem.ts";
import type { ProblemWords, Source } from "../content/source.ts";
import { nearest } from "../nearest.ts";
import type { Output } from "./output.ts";
import { type Link, linksOfPage } from "./page-links.ts";
import { addressOf, type Host, type Published, publishedBy } from "./published.ts";
import { textReader } from "./text-links.ts";

/** A file of the output that points somewhere. */
interface Pointing {
  readonly file: string;
  readonly source: Source;
  readonly links: readonly Link[];
}

interface Known {
  /** Origin as the home page names it. */
  readonly origin: string;
  readonly published: Published;
  /** What may follow `#`, by file. */
  readonly ids: ReadonlyMap<string, ReadonlySet<string>>;
}

export async function outputProblems(output: Output, host: Host): Promise<ContentProblem[]> {
  const files: Pointing[] = [];
  const ids = new Map<string, ReadonlySet<string>>();
  let origin = "https://site.invalid";
  for (const file of output.files) {
    const linksOf = textReader(file);
    if (!linksOf && !file.endsWith(".html")) continue;
    const source = output.read(file);
    const page = linksOf ? undefined : linksOfPage(source.text);
    files.push({ file, source, links: page?.links ?? linksOf?.(source.text) ?? [] });
    if (page) ids.set(file, page.ids);
    if (file === "index.html" && page?.canonical) origin = new URL(page.canonical, origin).origin;
  }
  const known = { origin, ids, published: publishedBy(output.files, host) };
  return files.flatMap((pointing) => problemsOf(pointing, known));
}

function problemsOf({ file, source, links }: Pointing, known: Known): ContentProblem[] {
  return links.flatMap(({ address, offset }) => {
    const words = linkProblem(address, known.origin + addressOf(file), known);
    return words ? [source.problemAt(offset, words)] : [];
  });
}

function linkProblem(address: string, base: string, { origin, published, ids }: Known): ProblemWords | undefined {
  if (!URL.canParse(address, base)) return malformed(address);
  const { protocol, host, pathname, search, hash } = new URL(address, base);
  if (!/^https?:$/.test(protocol) || host !== new URL(origin).host) return undefined;
  const path = decoded(pathname);
  const anchor = decoded(hash.slice(1).replace(/:~:.*$/, ""));
  if (path === undefined || anchor === undefined) return malformed(address);
  const target = published.at(path);
  if (!target) return deadLink(path, published);
  if (target.withSlash) return withoutSlash(path, target.withSlash + search + hash);
  const sections = target.file === undefined ? undefined : ids.get(target.file);
  return sections && anchor && anchor !== "top" && !sections.has(anchor)
    ? deadAnchor(anchor, path, sections)
    : undefined;
}

function malformed(address: string): ProblemWords {
  return { code: "invalid-address", problem: `${address} is no address` };
}

function deadLink(path: string, { addresses }: Published): ProblemWords {
  const near = nearest(path, addresses);
  return { code: "dead-link", problem: `nothing is published at ${path}`, hint: near && `did you mean ${near}?` };
}

function withoutSlash(path: string, better: string): ProblemWords {
  const problem = `readers of ${path} are redirected for want of a slash`;
  return { code: "missing-slash", problem, hint: `write ${better}`, severity: "warning" };
}

function deadAnchor(anchor: string, path: string, ids: ReadonlySet<string>): ProblemWords {
  const near = nearest(anchor, [...ids]);
  const problem = `there is no "#${anchor}" on ${path}`;
  return { code: "dead-anchor", problem, hint: near && `did you mean "#${near}"?` };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
