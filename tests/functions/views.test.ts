import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closeServices } from "../../functions/lib/services.ts";
import { site } from "../../functions/lib/site-manifest.ts";
import sweep from "../../functions/sweep.ts";
import views from "../../functions/views.ts";
import { emptyDatabase, sql } from "./support/database.ts";
import { browser, expectOnly, json, type Sent, send } from "./support/doors.ts";
import { noDatabase, setEnvironment } from "./support/environment.ts";
import { neverLogged } from "./support/logs.ts";

const path = "/api/views";
const [slug = "", otherSlug = ""] = site.posts.map((post) => post.slug);

neverLogged(["198.51.100", "Firefox", "2001:db8"]);

beforeEach(async () => {
  await setEnvironment({});
  await emptyDatabase();
});
afterAll(closeServices);

function view(of: string = slug, headers: Readonly<Record<string, string>> = {}, ip = "198.51.100.1"): Sent {
  return { ...json({ slug: of }, { ...browser, Accept: "*/*", ...headers }), ip };
}

async function count(of: string = slug): Promise<unknown> {
  const response = await send(views, path, {});
  return ((await response.json()) as Record<string, number>)[of];
}

async function rows(): Promise<number> {
  const [row] = await sql`SELECT (SELECT count(*) FROM view_seen)::int + (SELECT count(*) FROM day_salt)::int AS n`;
  return row?.["n"];
}

describe("a view", () => {
  it("is counted with 204", async () => {
    const response = await send(views, path, view());
    expect([response.status, await response.text()]).toEqual([204, ""]);
    expect(await count()).toBe(1);
    expect(await count(otherSlug)).toBe(0);
  });

  it("counts once for a visitor and post, however often and fast it comes", async () => {
    const hits = Array.from({ length: 500 }, () => send(views, path, view()));
    expect(new Set((await Promise.all(hits)).map(({ status }) => status))).toEqual(new Set([204]));
    expect(await count()).toBe(1);
  });

  it("counts for each visitor, and again for another post", async () => {
    const agent = { "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0" };
    await Promise.all([
      send(views, path, view()),
      send(views, path, view(slug, {}, "198.51.100.2")),
      send(views, path, view(slug, agent)),
      send(views, path, view(otherSlug)),
      send(views, path, view(slug, {}, "2001:db8:0:1::1")),
      send(views, path, view(slug, {}, "2001:db8:0:1::2")),
    ]);
    expect([await count(), await count(otherSlug)]).toEqual([4, 1]);
  });

  it("stores nothing of the visitor but sixteen bytes", async () => {
    await send(views, path, view());
    expect(await sql`SELECT slug, octet_length(visitor) AS bytes FROM view_seen`).toEqual([{ slug, bytes: 16 }]);
  });

  it("is the same visitor for every instance of the day", async () => {
    await send(views, path, view());
    await setEnvironment({});
    await send(views, path, view());
    expect(await count()).toBe(1);
  });

  it("of the next day counts again", async () => {
    await send(views, path, view());
    await sql`UPDATE view_seen SET day = day - 1`;
    await sql`UPDATE day_salt SET day = day - 1`;
    // The instance still has the salt of what is yesterday now: nothing may be counted with it.
    await sql`INSERT INTO day_salt SELECT day + 1, sha256(salt) FROM day_salt`;
    await setEnvironment({});
    await send(views, path, view());
    expect(await count()).toBe(2);
  });

  it.each<[string, Record<string, string>]>([
    ["a bot", { "User-Agent": "Googlebot/2.1" }],
    ["no user agent", { "User-Agent": "" }],
    ["Global Privacy Control", { "Sec-GPC": "1" }],
    ["Do Not Track", { DNT: "1" }],
    ["a prefetch", { "Sec-Purpose": "prefetch" }],
  ])("of %s is answered alike and leaves no row", async (_, headers) => {
    expect((await send(views, path, view(slug, headers))).status).toBe(204);
    expect(await rows()).toBe(0);
  });

  it.each<[number, Sent]>([
    [404, view("no-such-post")],
    [404, view("__proto__")],
    [404, json({}, browser)],
    [400, json({ slug: 1 }, browser)],
    [400, json("[]", browser)],
    [422, json({ slug, visitor: "me" }, browser)],
    [413, json({ slug: "s".repeat(2000) }, browser)],
    [415, { ...json({ slug }, browser), headers: { "Content-Type": "text/plain" } }],
    [403, view(slug, { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" })],
  ])("is refused with %d and leaves no row", async (status, init) => {
    expect((await send(views, path, init)).status).toBe(status);
    expect(await rows()).toBe(0);
  });
});

describe("the counts", () => {
  it("are there for every post, and may be cached for a minute", async () => {
    const response = await send(views, path, {});
    expect(await response.json()).toEqual(Object.fromEntries(site.posts.map((post) => [post.slug, 0])));
    expect(response.headers.get("Cache-Control")).toBe("public, max-age=60, stale-while-revalidate=600");
    expect(response.headers.get("Content-Type")).toBe("application/json");
  });

  it("have the headers alone for HEAD", async () => {
    const response = await send(views, path, { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
    expect(response.headers.get("Content-Type")).toBe("application/json");
  });

  it("stay the same when days are rolled up, whose salts are deleted", async () => {
    for (const ip of ["198.51.100.1", "198.51.100.2", "198.51.100.3"]) await send(views, path, view(slug, {}, ip));
    await send(views, path, view(otherSlug));
    await sql`UPDATE view_seen SET day = day - 2`;
    await sql`UPDATE day_salt SET day = day - 2`;
    await setEnvironment({});
    await send(views, path, view());
    expect([await count(), await count(otherSlug)]).toEqual([4, 1]);
    const swept = await Promise.all([1, 2, 3].map(() => send(sweep, "/", { method: "POST" })));
    const reports = (await Promise.all(swept.map((each) => each.json()))) as { daysRolledUp: number }[];
    expect(reports.map(({ daysRolledUp }) => daysRolledUp).sort()).toEqual([0, 0, 1]);
    expect([await count(), await count(otherSlug)]).toEqual([4, 1]);
    const [left] = await sql`
      SELECT (SELECT count(*) FROM day_salt)::int AS salts, (SELECT count(*) FROM view_seen)::int AS seen,
        (SELECT sum(views) FROM view_total)::int AS total`;
    expect(left).toEqual({ salts: 1, seen: 1, total: 4 });
  });
});

it("answers 503 when there is no database", async () => {
  await setEnvironment(noDatabase);
  expect((await send(views, path, {})).status).toBe(503);
  const response = await send(views, path, view());
  expect([response.status, response.headers.get("Retry-After")]).toEqual([503, "60"]);
});

it("names the methods it takes", async () => {
  await expectOnly(views, path, "GET, HEAD, POST");
});
