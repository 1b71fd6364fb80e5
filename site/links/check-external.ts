/** Asks for every page elsewhere that the site's sources point at, once each. */
import type { ContentProblem } from "../content/problem.ts";
import { copyOf } from "./archive.ts";
import type { Ask } from "./ask.ts";
import { checkAddress, noSuchHost } from "./check-address.ts";
import type { SourceLink } from "./source-links.ts";
import { type Verdict, wordsOf } from "./verdict.ts";
import type { VerdictCache } from "./verdict-cache.ts";

export interface ExternalCheck {
  readonly ask: Ask;
  readonly cache: VerdictCache;
  /** Address of the archive's availability service. */
  readonly archive: string;
  /** Called at each page that is asked for. */
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly host: string;
}

const hostsAtOnce = 6;

export async function externalProblems(links: readonly SourceLink[], check: ExternalCheck): Promise<ContentProblem[]> {
  const byAddress = Map.groupBy(links, ({ href }) => withoutFragment(href));
  const verdicts = new Map<string, Verdict>();
  const open: string[] = [];
  for (const address of byAddress.keys()) {
    const known = check.cache.recall(address);
    if (known) verdicts.set(address, known);
    else open.push(address);
  }
  await eachByHost(open, async (address) => {
    const { host } = new URL(address);
    check.onProgress?.({ done: verdicts.size + open.length - byAddress.size, total: open.length, host });
    const verdict = await verdictOn(address, byAddress.get(address)?.[0]?.writtenOn, check);
    verdicts.set(address, verdict);
    check.cache.keep(address, verdict);
  });
  return [...byAddress].flatMap(([address, places]) => problemsAt(places, verdicts.get(address)));
}

/** Hosts side by side, some at once; the pages of one host one after the other. Those with most pages begin. */
async function eachByHost(addresses: readonly string[], visit: (address: string) => Promise<void>): Promise<void> {
  const hosts = [...Map.groupBy(addresses, (address) => new URL(address).host).values()];
  const waiting = hosts.sort((a, b) => b.length - a.length);
  const work = async () => {
    for (let pages = waiting.shift(); pages; pages = waiting.shift()) {
      for (const address of pages) await visit(address);
    }
  };
  await Promise.all(Array.from({ length: hostsAtOnce }, work));
}

async function verdictOn(address: string, writtenOn: string | undefined, check: ExternalCheck): Promise<Verdict> {
  const verdict = await checkAddress(address, check.ask);
  if (verdict.kind !== "gone") return verdict;
  const { isAnswered, hint } = await copyOf(address, writtenOn, check.archive, check.ask);
  // Without a network no name is found, and that is not the page's fault.
  if (verdict.why === noSuchHost && !isAnswered) {
    return { kind: "unasked", why: "has a host that cannot be found, and neither can the archive: is there a network" };
  }
  return { ...verdict, archive: hint };
}

function problemsAt(places: readonly SourceLink[], verdict: Verdict | undefined): ContentProblem[] {
  return places.flatMap(({ href, problem }) => {
    const words = verdict && wordsOf(href, verdict);
    return words ? [problem(words)] : [];
  });
}

function withoutFragment(href: string): string {
  const url = new URL(href);
  url.hash = "";
  return url.href;
}
