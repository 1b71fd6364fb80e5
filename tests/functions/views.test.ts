import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closeServices } from "../../functions/lib/services.ts";
import { site } from "../../functions/lib/site-manifest.ts";
import { countedAs, viewsOf } from "../../functions/lib/views/slugs.ts";
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

  it("counts 10,000 hits of 5,000 visitors, a hundred at a time, as exactly 5,000", async () => {
    const ips = Array.from({ length: 10_000 }, (_, n) => `10.0.${(n % 5_000) >> 8}.${(n % 5_000) & 255}`);
    const statuses = new Set<number>();
    const worker = async () => {
      for (let ip = ips.pop(); ip !== undefined; ip = ips.pop())
        statuses.add((await send(views, path, view(slug, {}, ip))).status);
    };
    await Promise.all(Array.from({ length: 100 }, worker));
    expect([await count(), [...statuses]]).toEqual([5_000, [204]]);
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

  it("of the next day counts again, with the salt of that day", async () => {
    await send(views, path, view());
    await sql`UPDATE view_seen SET day = day - 1`;
    await sql`UPDATE day_salt SET day = day - 1`;
    await setEnvironment({});
    await send(views, path, view());
    expect(await count()).toBe(2);
    expect(await sql`SELECT DISTINCT visitor FROM view_seen`).toHaveLength(2);
  });

  it("counts for at most 300 visitors of one network, and for other networks all the same", async () => {
    const agent = (n: number) => ({ "User-Agent": `${browser["User-Agent"]} ${n}` });
    const of = (n: number, ip: string) => send(views, path, view(slug, agent(n), ip));
    await Promise.all(Array.from({ length: 320 }, (_, n) => of(n, `2001:db8:0:1::${n}`)));
    expect(await count()).toBe(300);
    await Promise.all([of(0, "2001:db8:0:2::1"), of(0, "198.51.100.1"), of(0, "198.51.100.2")]);
    expect(await count()).toBe(303);
  });

  it("takes the address from the platform, whatever headers say", async () => {
    for (const name of ["X-Forwarded-For", "X-Real-IP", "CF-Connecting-IP", "X-Nf-Client-Connection-Ip", "Forwarded"])
      await send(views, path, view(slug, { [name]: "192.0.2.99" }));
    expect(await count()).toBe(1);
  });

  it("comes from our own scripts, also where the browser names only the origin", async () => {
    const { "Sec-Fetch-Site": _, ...old } = browser;
    await send(views, path, { ...json({ slug }, { ...old, Accept: "*/*" }) });
    expect(await count()).toBe(1);
    for (const headers of [{}, { Origin: "null" }, { Origin: "https://evil.example" }]) {
      const { Origin: _, ...silent } = old;
      expect((await send(views, path, json({ slug }, { ...silent, ...headers }))).status).toBe(403);
    }
    for (const site of ["none", "same-site", "cross-site"])
      expect((await send(views, path, view(slug, { "Sec-Fetch-Site": site }, "198.51.100.9"))).status).toBe(403);
    expect(await count()).toBe(1);
  });

  it.each([
    ["a preview", { context: "deploy-preview", id: "1", published: false }, path],
    ["a branch", { context: "branch-deploy", id: "1", published: false }, path],
    [
      "the address of one deploy",
      { context: "production", id: "1", published: true },
      `https://65a--blog.netlify.app${path}`,
    ],
  ])("on %s is none", async (_, deploy, address) => {
    expect((await send(views, address, { ...view(), deploy })).status).toBe(204);
    expect(await rows()).toBe(0);
    const live = { context: "production", id: "1", published: true };
    expect((await send(views, path, { ...view(), deploy: live })).status).toBe(204);
    expect(await count()).toBe(1);
  });

  it.each<[string, Record<string, string>]>([
    ["a bot", { "User-Agent": "Googlebot/2.1" }],
    ["no user agent", { "User-Agent": "" }],
    ["Global Privacy Control", { "Sec-GPC": "1" }],
    ["Do Not Track", { DNT: "1" }],
    ["a prefetch", { "Sec-Purpose": "prefetch" }],
    ["a prerendered page", { "Sec-Purpose": "prefetch;prerender" }],
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
    [422, json({ slug, ip: "192.0.2.1" }, browser)],
    [413, json({ slug: "s".repeat(2000) }, browser)],
    [415, { ...json({ slug }, browser), headers: { ...browser, "Content-Type": "text/plain" } }],
    [403, view(slug, { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" })],
  ])("is refused with %d, in JSON whoever asks, and leaves no row", async (status, init) => {
    const response = await send(views, path, init);
    expect([response.status, response.headers.get("Content-Type")]).toEqual([status, "application/problem+json"]);
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

  it("are one copy for the whole of the CDN, whatever parameters are tried", async () => {
    const { headers } = await send(views, `${path}?x=1`, {});
    expect(headers.get("Netlify-CDN-Cache-Control")).toBe("public, durable, max-age=60, stale-while-revalidate=600");
    expect(headers.get("Netlify-Vary")).toBe("query=none");
    expect(headers.get("Vary")).toBeNull();
  });

  it("of a post that was renamed are those of all its names", async () => {
    const post = { slug: "new", aliases: ["/2019/old.html", "/posts/oldest/", "/posts/old"] };
    expect(viewsOf(new Map(Object.entries({ new: 1, old: 20, oldest: 300, "old.html": 4000 })), post)).toBe(321);
    const posts = [post, { slug: "other" }].map((each) => ({ ...each, url: "", tags: [] }));
    const renamed = { ...site, posts };
    expect(
      ["new", "old", "oldest", "other", "old.html", "", "constructor"].map((name) => countedAs(renamed, name)),
    ).toEqual(["new", "new", "new", "other", undefined, undefined, undefined]);
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
  for (const init of [{}, view(), { headers: { Accept: "text/html" } }]) {
    const response = await send(views, path, init);
    expect([response.status, response.headers.get("Retry-After")]).toEqual([503, "60"]);
    expect(response.headers.get("Content-Type")).toBe("application/problem+json");
    expect(response.headers.get("Cache-Control")).toBe("no-store");
  }
});

it("names the methods it takes", async () => {
  await expectOnly(views, path, "GET, HEAD, POST");
});
