/** Feeds that changed, told to a hub that is a real HTTP server here. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { limits } from "../../functions/lib/limits.ts";
import { mailServices } from "../../functions/lib/mail-services.ts";
import { closeServices, services } from "../../functions/lib/services.ts";
import { announceFeeds } from "../../functions/lib/sweep/announce.ts";
import { permissions } from "../../functions/lib/sweep/deploy.ts";
import { sweep } from "../../functions/lib/sweep/sweep.ts";
import type { FeedNews } from "../../site/publish/feeds/news.ts";
import { emptyDatabase, sql } from "./support/database.ts";
import { setEnvironment, siteUrl } from "./support/environment.ts";
import { keptLogs } from "./support/logs.ts";

const logs = keptLogs();

/** Topics as the hub was told of them. */
const told: string[] = [];
const elsewhere: string[] = [];
const accept = (response: ServerResponse) => void response.writeHead(202).end();
let answer: (response: ServerResponse, topic: string) => void = accept;
const hub = createServer(async (request, response) => {
  if (request.url !== "/hub") elsewhere.push(request.url ?? "");
  const form = new URLSearchParams(await textOf(request));
  expect(form.get("hub.mode")).toBe("publish");
  expect(form.get("hub.topic")).toBe(form.get("hub.url"));
  told.push(`${request.method} ${form.get("hub.url")}`);
  answer(response, form.get("hub.url") ?? "");
});
let address: string;

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

beforeAll(async () => {
  await new Promise<void>((resolve) => hub.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(hub.address() as AddressInfo).port}/hub`;
});
beforeEach(async () => {
  answer = accept;
  told.length = 0;
  elsewhere.length = 0;
  logs.clear();
  await setEnvironment({});
  await emptyDatabase();
});
afterAll(async () => {
  await closeServices();
  hub.closeAllConnections();
  await new Promise((resolve) => hub.close(resolve));
});

/** What the build knew of these feeds, hash by path. */
function siteWith(hashes: Readonly<Record<string, string>>): FeedNews {
  return { hub: address, feeds: Object.entries(hashes).map(([path, hash]) => ({ url: siteUrl + path, hash })) };
}

const announce = (news: FeedNews) => announceFeeds(services(), news, Number.POSITIVE_INFINITY);
const waitIsOver = () => sql`UPDATE feed_announcement SET lease_until = now() - interval '1 second'`;
const one = { "/feed.xml": "a" };

it("tells the hub of each feed once, however many sweeps run and however often", async () => {
  const site = siteWith({ "/feed.xml": "a", "/rss.xml": "b", "/tags/kafka/feed.json": "c" });
  const counts = await Promise.all(Array.from({ length: 5 }, () => announce(site)));
  expect(counts.reduce((sum, count) => sum + count)).toBe(3);
  await waitIsOver();
  expect(await announce(site)).toBe(0);
  const topics = ["/feed.xml", "/rss.xml", "/tags/kafka/feed.json"].map((path) => `POST ${siteUrl}${path}`);
  expect(told.toSorted()).toEqual(topics);
});

it("tells it again of a feed that has changed, and of no other", async () => {
  await announce(siteWith({ "/feed.xml": "a", "/rss.xml": "b" }));
  told.length = 0;
  expect(await announce(siteWith({ "/feed.xml": "a2", "/rss.xml": "b" }))).toBe(1);
  expect(told).toEqual([`POST ${siteUrl}/feed.xml`]);
});

it.each([
  ["does not work", (response: ServerResponse) => void response.writeHead(503).end()],
  ["refuses", (response: ServerResponse) => void response.writeHead(400).end()],
  ["leads elsewhere", (response: ServerResponse) => void response.writeHead(302, { Location: "/inside" }).end()],
  ["hangs up", (response: ServerResponse) => void response.destroy()],
])("tries again, but not at once, when the hub %s", async (_what, fault) => {
  answer = fault;
  const site = siteWith(one);
  expect([await announce(site), await announce(site)]).toEqual([0, 0]);
  expect([told.length, elsewhere]).toEqual([1, []]);
  expect(logs.lines.join()).toContain("hub not told");
  answer = accept;
  await waitIsOver();
  expect(await announce(site)).toBe(1);
  expect(await sql`SELECT attempts, announced_at IS NOT NULL AS done FROM feed_announcement`).toEqual([
    { attempts: 2, done: true },
  ]);
});

it("waits longer after each try, up to six hours", async () => {
  answer = (response) => response.writeHead(500).end();
  const site = siteWith(one);
  await announce(site);
  for (const [attempts, minutes] of [
    [1, 2],
    [4, 16],
    [9, 360],
    [60, 360],
  ] as const) {
    await sql`UPDATE feed_announcement SET lease_until = now() - interval '1 second', attempts = ${attempts}`;
    await announce(site);
    const [row] = await sql`SELECT extract(epoch FROM lease_until - now())::float8 / 60 AS wait FROM feed_announcement`;
    expect.soft(row?.["wait"]).toBeGreaterThan(minutes - 1);
    expect.soft(row?.["wait"]).toBeLessThanOrEqual(minutes);
  }
});

it("begins anew with a content that is newer than the one that failed", async () => {
  answer = (response) => response.writeHead(500).end();
  await announce(siteWith(one));
  answer = accept;
  expect(await announce(siteWith({ "/feed.xml": "a2" }))).toBe(1);
  expect(await sql`SELECT content_hash, attempts FROM feed_announcement`).toEqual([
    { content_hash: "a2", attempts: 1 },
  ]);
});

it("calls a hub that is down once a sweep, and a feed that it refuses keeps no other back", async () => {
  const site = siteWith({ "/a.xml": "a", "/b.xml": "b", "/c.xml": "c" });
  answer = (response, topic) => response.writeHead(topic.endsWith("/a.xml") ? 400 : 204).end();
  expect(await announce(site)).toBe(0);
  expect(told).toHaveLength(1);
  expect(await announce(site)).toBe(2);
});

it("gives up on a hub that does not answer in time, and the rest of the sweep was done before", async () => {
  answer = () => {};
  const everything = { mail: true, rebuild: false, announce: true };
  const report = await sweep(mailServices(), everything, siteWith({ "/a.xml": "a", "/b.xml": "b" }));
  expect(report).toMatchObject({ feedsAnnounced: 0, failed: [], mail: { sent: 0 } });
  expect(told).toHaveLength(1);
});

it("starts nothing new when its time is over, and tells of so many feeds at a time", async () => {
  const many = Object.fromEntries(Array.from({ length: limits.hubFeedsPerSweep + 2 }, (_, at) => [`/${at}.xml`, "h"]));
  expect(await announceFeeds(services(), siteWith(many), 0)).toBe(0);
  expect(told).toEqual([]);
  expect(await announce(siteWith(many))).toBe(limits.hubFeedsPerSweep);
  expect(await announce(siteWith(many))).toBe(2);
});

it("needs a hub, and is only for the published site", async () => {
  const { feeds } = siteWith(one);
  expect(await announce({ feeds })).toBe(0);
  expect(told).toEqual([]);
  const deploy = (context: string) => ({ deploy: { context, id: "1", published: true } });
  const may = (context: string) => permissions(services().config, deploy(context)).announce;
  expect(["production", "deploy-preview", "branch-deploy", "dev"].map(may)).toEqual([true, false, false, false]);
});
