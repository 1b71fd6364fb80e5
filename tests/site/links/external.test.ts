/** Links to elsewhere, asked of real servers on this machine. No network, and no waiting: pauses are written down instead. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { sourceOf } from "../../../site/content/source.ts";
import { type Ask, askOver } from "../../../site/links/ask.ts";
import { externalProblems, type Progress } from "../../../site/links/check-external.ts";
import { politely } from "../../../site/links/polite.ts";
import { openVerdictCache } from "../../../site/links/verdict-cache.ts";
import { closedPort, type Part, type PlayedHost, playArchive, playHost } from "./played-hosts.ts";

interface Run {
  readonly archive?: string;
  /** File of the cache; a new one when absent. */
  readonly cache?: string;
  readonly isFresh?: boolean;
  readonly today?: string;
  readonly timeoutMs?: number;
  readonly ask?: Ask;
  readonly pauses?: number[];
  readonly mayBePrivate?: boolean;
  readonly onProgress?: (progress: Progress) => void;
}

/** What the author of the links reads, a line each, without places. */
async function check(hrefs: readonly string[], run: Run = {}): Promise<string[]> {
  const now = () => new Date(run.today ?? "2026-03-14T12:00:00Z");
  const asking = { userAgent: "test (+https://blog.example/)", timeoutMs: run.timeoutMs ?? 10_000 };
  const sleep = async (ms: number) => void run.pauses?.push(ms);
  const ask = run.ask ?? askOver({ ...asking, mayBePrivate: run.mayBePrivate ?? true });
  const source = sourceOf("x", "");
  const links = hrefs.map((href) => {
    return { href, writtenOn: "20200131", problem: source.problemAt.bind(source, 0) };
  });
  const problems = await externalProblems(links, {
    ask: politely(ask, { now, sleep }),
    cache: openVerdictCache(run.cache ?? (await newCache()), { now, isFresh: run.isFresh ?? false }),
    archive: `${run.archive ?? (await closedPort())}/available`,
    ...(run.onProgress ? { onProgress: run.onProgress } : {}),
  });
  return problems.map(({ severity, problem, hint }) => `${severity} ${problem}${hint ? `; ${hint}` : ""}`);
}

async function newCache(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "firstflight-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return path.join(folder, "cache/links.json");
}

const redirect = (status: number, location: string): Part => [status, { location }];

interface Case {
  readonly parts: Readonly<Record<string, Part>>;
  /** With `ORIGIN` for the host; the link is always to `/page#part`. */
  readonly says: readonly string[];
  readonly seen: readonly string[];
}

const cases: Readonly<Record<string, Case>> = {
  "says nothing of a page that is there": { parts: { "/page": [200] }, says: [], seen: ["HEAD /page"] },
  "asks by GET when HEAD is refused": {
    parts: { "HEAD /page": [405], "GET /page": [200, {}, "text"] },
    says: [],
    seen: ["HEAD /page", "GET /page"],
  },
  "asks by GET when HEAD is answered by silence": {
    parts: { "HEAD /page": (request) => void request.socket.destroy(), "GET /page": [200] },
    says: [],
    seen: ["HEAD /page", "GET /page"],
  },
  "believes GET when HEAD says that nothing is there": {
    parts: { "HEAD /page": [404], "GET /page": [200] },
    says: [],
    seen: ["HEAD /page", "GET /page"],
  },
  "gives the new address of a page that moved for good, with the part that was meant": {
    parts: { "/page": redirect(301, "/b"), "/b": redirect(308, "/c"), "/c": [200] },
    says: ["warning ORIGIN/page#part has moved for good; write ORIGIN/c#part"],
    seen: ["HEAD /page", "HEAD /b", "HEAD /c"],
  },
  "does not take a redirect of today for a new address": {
    parts: { "/page": redirect(302, "/b"), "/b": redirect(301, "/c"), "/c": [200] },
    says: [],
    seen: ["HEAD /page", "HEAD /b", "HEAD /c"],
  },
  "gives the last of the addresses that are for good": {
    parts: { "/page": redirect(301, "/b"), "/b": redirect(307, "/c"), "/c": [200] },
    says: ["warning ORIGIN/page#part has moved for good; write ORIGIN/b#part"],
    seen: ["HEAD /page", "HEAD /b", "HEAD /c"],
  },
  "calls a page gone whose new address is": {
    parts: { "/page": redirect(301, "/b"), "/b": [410] },
    says: ["error ORIGIN/page#part answers 410; look for a copy at https://web.archive.org/web/*/ORIGIN/page"],
    seen: ["HEAD /page", "HEAD /b", "GET /b"],
  },
  "follows five redirects and no more": {
    parts: { "/page": redirect(302, "/page") },
    says: ["warning ORIGIN/page#part could not be checked: it redirects more than 5 times"],
    seen: Array(6).fill("HEAD /page"),
  },
  "leaves a redirect that leads out of the web": {
    parts: { "/page": redirect(302, "file:///etc/passwd") },
    says: ["warning ORIGIN/page#part could not be checked: it redirects to what is no web address"],
    seen: ["HEAD /page"],
  },
  "only warns of a host that refuses": {
    parts: { "/page": [403] },
    says: ["warning ORIGIN/page#part could not be checked: it answers 403"],
    seen: ["HEAD /page", "GET /page"],
  },
  "only warns of a host that is broken today": {
    parts: { "/page": [500] },
    says: ["warning ORIGIN/page#part could not be checked: it answers 500"],
    seen: ["HEAD /page", "GET /page"],
  },
};

test.each(Object.entries(cases))("%s", async (_title, { parts, says, seen }) => {
  const host = await playHost(parts);
  const lines = await check([`${host.origin}/page#part`]);
  expect(lines).toEqual(says.map((line) => line.replaceAll("ORIGIN", host.origin)));
  expect(host.seen).toEqual(seen);
  expect([...host.userAgents]).toEqual(["test (+https://blog.example/)"]);
});

test("reads no body", async () => {
  let sent = 0;
  const endless: Part = (request, response) => {
    response.writeHead(200);
    const more = () => {
      while (!request.socket.destroyed && response.write("x".repeat(1_000))) sent += 1_000;
    };
    response.on("drain", more);
    more();
    return undefined;
  };
  const host = await playHost({ "HEAD /page": [501], "GET /page": endless });
  expect(await check([`${host.origin}/page`])).toEqual([]);
  expect(sent).toBeLessThan(20_000_000);
});

test("only warns of a host that is silent, and of one that does not listen", async () => {
  const silent = await playHost({ "/page": () => undefined });
  const deaf = await closedPort();
  expect(await check([`${silent.origin}/page`, `${deaf}/page`], { timeoutMs: 100 })).toEqual([
    `warning ${silent.origin}/page could not be checked: it does not answer in time`,
    `warning ${deaf}/page could not be checked: it refuses the connection`,
  ]);
});

test("suggests the archive's copy of the day of the text", async () => {
  const [host, archive] = await Promise.all([playHost({}), playArchive()]);
  const hrefs = ["/copied?a=1&b=2", "/never"].map((address) => host.origin + address);
  expect(await check(hrefs, { archive: archive.origin })).toEqual([
    `error ${hrefs[0]} answers 404; a copy is at https://web.archive.org/web/2020/http://copy/`,
    `error ${hrefs[1]} answers 404; look for a copy at https://web.archive.org/web/*/${hrefs[1]}`,
  ]);
  const asked = new URLSearchParams({ url: hrefs[0] ?? "", timestamp: "20200131" });
  expect(archive.seen[0]).toBe(`GET /available?${asked}`);
});

test.each([[[500]], [[200, {}, "<html>"]], [[200, {}, '{"archived_snapshots":[]}']]] as const)(
  "does without an archive that answers %j",
  async (part) => {
    const [host, archive] = await Promise.all([playHost({}), playHost({ "/available": part })]);
    const href = `${host.origin}/page`;
    expect(await check([href], { archive: archive.origin })).toEqual([
      `error ${href} answers 404; look for a copy at https://web.archive.org/web/*/${href}`,
    ]);
  },
);

test("calls a link dead whose host does not exist, unless no host at all is found", async () => {
  const archive = await playArchive();
  const names: Ask = async (call) =>
    call.url.hostname.endsWith(".invalid") ? { failure: "ENOTFOUND" } : askOver(here)(call);
  const here = { userAgent: "test", timeoutMs: 10_000, mayBePrivate: true };
  const href = "https://nobody.invalid/copied";
  expect(await check([href], { archive: archive.origin, ask: names })).toEqual([
    `error ${href} has a host that does not exist; a copy is at https://web.archive.org/web/2020/http://copy/`,
  ]);
  expect(await check([href], { archive: "https://archive.invalid", ask: names })).toEqual([
    `warning ${href} could not be asked: it has a host that cannot be found, and neither can the archive: is there a network`,
  ]);
});

test("asks again after the pause that a busy host wishes, once", async () => {
  let asked = 0;
  const busy: Part = () => (asked++ === 0 ? [429, { "retry-after": "7" }] : [200]);
  const host = await playHost({ "/page": busy, "/later": [503, { "retry-after": "Sat, 14 Mar 2026 12:00:30 GMT" }] });
  const pauses: number[] = [];
  expect(await check([`${host.origin}/page`, `${host.origin}/later`], { pauses })).toEqual([
    `warning ${host.origin}/later could not be asked: it answers 503 and asks for patience`,
  ]);
  expect(host.seen).toEqual(["HEAD /page", "HEAD /page", "HEAD /later", "HEAD /later"]);
  expect(pauses).toEqual([7_000, 1_000, 30_000]);
});

test.each([[{ "retry-after": "3600" }], [{}]])("leaves a host alone that answers 429 with %j", async (headers) => {
  const host = await playHost({ "/page": [429, headers], "/other": [200] });
  const cache = await newCache();
  const hrefs = [`${host.origin}/page`, `${host.origin}/other`];
  expect(await check(hrefs, { cache })).toEqual([
    `warning ${hrefs[0]} could not be asked: it answers 429 and asks for patience`,
    `warning ${hrefs[1]} could not be asked: it has a host that asked for patience`,
  ]);
  expect(host.seen).toEqual(["HEAD /page"]);
  expect(await check(hrefs.slice(1), { cache })).toEqual([]);
});

test("asks a host one thing at a time, with a pause between, wherever the links to it come from", async () => {
  const pages = ["/a", "/b", "/c"];
  const target = await playHost(Object.fromEntries(pages.map((page) => [page, slowly])));
  const others = await Promise.all(pages.map((page) => playHost({ "/x": redirect(302, target.origin + page) })));
  const pauses: number[] = [];
  const hrefs = [...pages.map((page) => target.origin + page), ...others.map(({ origin }) => `${origin}/x`)];
  expect(await check(hrefs, { pauses })).toEqual([]);
  expect(target.seen.toSorted()).toEqual([...pages, ...pages].sort().map((page) => `HEAD ${page}`));
  expect(target.most()).toBe(1);
  expect(pauses).toEqual(Array(5).fill(1_000));
});

/** Leaves others the time to come in between. */
async function slowly(): Promise<readonly [number]> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  return [200];
}

test("asks six hosts side by side, and no more", async () => {
  let [open, most] = [0, 0];
  const sixAreHere = Promise.withResolvers<void>();
  const part: Part = async () => {
    most = Math.max(most, ++open);
    if (open === 6) sixAreHere.resolve();
    await sixAreHere.promise;
    await slowly();
    open--;
    return [200];
  };
  const hosts = await Promise.all(Array.from({ length: 9 }, () => playHost({ "/page": part })));
  expect(await check(hosts.map(({ origin }) => `${origin}/page`))).toEqual([]);
  expect(most).toBe(6);
});

const seenBy = (...hosts: PlayedHost[]) => hosts.map(({ seen }) => seen.splice(0).length);

test("does not ask again for a week what was there, and for a day what was not", async () => {
  const [host, archive] = await Promise.all([playHost({ "/page": [200] }), playArchive()]);
  const hrefs = [`${host.origin}/page#a`, `${host.origin}/page#b`, `${host.origin}/copied`];
  const run = { cache: await newCache(), archive: archive.origin };
  const first = await check(hrefs, run);
  expect(seenBy(host, archive)).toEqual([3, 1]);
  expect(await check(hrefs, { ...run, today: "2026-03-15T11:59:59Z" })).toEqual(first);
  expect(seenBy(host, archive)).toEqual([0, 0]);
  expect(await check(hrefs, { ...run, today: "2026-03-15T12:00:00Z" })).toEqual(first);
  expect(seenBy(host, archive)).toEqual([2, 1]);
  expect(await check(hrefs, { ...run, today: "2026-03-21T11:59:59Z" })).toEqual(first);
  expect(seenBy(host, archive)).toEqual([2, 1]);
  expect(await check(hrefs, { ...run, today: "2026-03-21T12:00:00Z" })).toEqual(first);
  expect(seenBy(host, archive)).toEqual([1, 0]);
  expect(await check(hrefs, { ...run, today: "2026-03-21T12:00:00Z", isFresh: true })).toEqual(first);
  expect(seenBy(host, archive)).toEqual([3, 1]);
});

test("goes on where a run was stopped, and begins anew with a damaged cache", async () => {
  const host = await playHost({ "/a": [200], "/b": [200], "/c": [200] });
  const hrefs = ["/a", "/b", "/c"].map((page) => host.origin + page);
  const cache = await newCache();
  const stop = ({ done }: Progress) => {
    if (done === 2) throw new Error("stopped");
  };
  await expect(check(hrefs, { cache, onProgress: stop })).rejects.toThrow("stopped");
  const progress: Progress[] = [];
  expect(await check(hrefs, { cache, onProgress: (one) => progress.push(one) })).toEqual([]);
  expect(host.seen).toEqual(["HEAD /a", "HEAD /b", "HEAD /c"]);
  expect(progress).toEqual([{ done: 0, total: 1, host: new URL(host.origin).host }]);
  await writeFile(cache, (await readFile(cache, "utf8")).slice(0, -9));
  expect(await check(hrefs, { cache })).toEqual([]);
  expect(host.seen).toHaveLength(6);
});

test("asks nothing of this machine and its network, by number or by name", async () => {
  const host = await playHost({ "/page": [200] });
  const { port } = new URL(host.origin);
  const hrefs = ["127.0.0.1", "localhost", "[::1]", "2130706433"].map((name) => `http://${name}:${port}/page`);
  const lines = await check(hrefs, { mayBePrivate: false });
  const expected = hrefs.map((href) => `warning ${href} could not be asked: it leads into a private network`);
  expect(lines.toSorted()).toEqual(expected.toSorted());
  expect(host.seen).toEqual([]);
});
