/** The view counter under kills, floods and a database that is slow or cut off, many times. */
import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closeServices } from "../../../functions/lib/services.ts";
import { site } from "../../../functions/lib/site-manifest.ts";
import views from "../../../functions/views.ts";
import { emptyDatabase, everything, sql } from "../../functions/support/database.ts";
import { browser, json, type Sent, send } from "../../functions/support/doors.ts";
import { setEnvironment } from "../../functions/support/environment.ts";
import { neverLogged } from "../../functions/support/logs.ts";
import { openWire } from "../../functions/support/wire.ts";
import { databaseOfWorker } from "../../setup/database-of-worker.ts";
import { report } from "../report.ts";
import { countWhileRollingUp, killRollUps } from "../support/views.ts";

neverLogged(["198.51.100", "10.0.", "Firefox"]);
const path = "/api/views";
const slug = site.posts[0]?.slug ?? "";
const view = (n: number): Sent => ({
  ...json({ slug }, { ...browser, Accept: "*/*" }),
  ip: `10.0.${(n >> 8) & 255}.${n & 255}`,
});
const counted = async () => Number((await sql`SELECT count(*) AS n FROM view_seen`)[0]?.["n"]);

beforeEach(async () => {
  await setEnvironment({});
  await emptyDatabase();
});
afterAll(closeServices);

it("loses and doubles nothing of 100,000 hits on 200 posts while days are rolled up", async () => {
  report("F21", await countWhileRollingUp(databaseOfWorker(), 100_000));
});

it("shows the same total when a roll-up is killed, fifty times", async () => {
  report("F22", await killRollUps(databaseOfWorker(), 50));
});

describe("a wire to the database that", () => {
  it("is cut again and again loses nothing that was acknowledged, and doubles nothing", async () => {
    const wire = await openWire(databaseOfWorker());
    await setEnvironment({ DATABASE_URL: wire.url });
    let isOver = false;
    const storm = (async () => {
      while (!isOver) {
        wire.down();
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
        wire.up();
        await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 100));
      }
    })();
    let refused = 0;
    for (let n = 0; n < 5_000; n += 100) {
      const hits = Array.from({ length: 100 }, async (_, at) => {
        let status = 0;
        // As long as it is refused it asks again; a view whose answer was lost is none the more.
        while (status !== 204) {
          status = (await send(views, path, view(n + at))).status;
          expect([204, 503]).toContain(status);
          refused += Number(status === 503);
        }
      });
      await Promise.all(hits);
    }
    isOver = true;
    await storm;
    expect(await counted()).toBe(5_000);
    report("F13, views", { counted: 5_000, "refused and sent again": refused });
    await closeServices();
    await wire.close();
  });

  it.each([500, 2_000, 3_500])(
    "takes %i ms for each word is answered within eight seconds, or refused",
    async (each) => {
      const wire = await openWire(databaseOfWorker());
      await setEnvironment({ DATABASE_URL: wire.url });
      wire.delays = { each, first: each };
      const hits = Array.from({ length: 300 }, async (_, n) => {
        await new Promise((resolve) => setTimeout(resolve, n * 20));
        const started = performance.now();
        const { status, headers } = await send(views, path, view(n));
        return { status, retry: headers.get("Retry-After"), seconds: (performance.now() - started) / 1000 };
      });
      for (const { status, retry, seconds } of await Promise.all(hits)) {
        expect(status === 204 || (status === 503 && retry === "60")).toBe(true);
        expect(seconds).toBeLessThan(8.5);
      }
      expect(wire.mostConnections).toBeLessThanOrEqual(2);
      await closeServices();
      await wire.close();
    },
  );
});

it("answers 5,000 requests of every kind with less than 500, a whole set of headers and no trace of its inside", async () => {
  const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values);
  const text = fc.string({ unit: "binary", maxLength: 60 });
  const fields = fc.dictionary(
    oneOf("slug", "ip", "visitor", "x", "__proto__", "constructor"),
    fc.oneof(text, oneOf(slug)),
    {
      maxKeys: 3,
    },
  );
  const body = fc.oneof(
    fields.map((each) => JSON.stringify(each)),
    fields.map((each) => new URLSearchParams(each).toString()),
    text,
    fc.uint8Array({ maxLength: 3_000 }),
    oneOf(
      `${"[".repeat(1_000)}`,
      `{"slug":"${slug}","slug":"${slug}"}`,
      `{"slug":{"slug":"${slug}"}}`,
      `slug=${slug}%00`,
    ),
  );
  const headers = fc.record(
    {
      "Content-Type": oneOf(
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "",
      ),
      "Content-Length": oneOf("0", "-1", "99999999", "x"),
      "Content-Encoding": oneOf("gzip", "identity"),
      Accept: oneOf("*/*", "text/html", "application/json"),
      Origin: oneOf("null", "https://evil.example", browser.Origin, "not an origin"),
      "Sec-Fetch-Site": oneOf("same-origin", "cross-site", "none"),
      "User-Agent": oneOf("", browser["User-Agent"], "x".repeat(5_000)),
      "Sec-Purpose": oneOf("prefetch", ""),
      DNT: oneOf("1", "0"),
    },
    { requiredKeys: [] },
  );
  const method = oneOf("GET", "HEAD", "POST", "POST", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");
  const ip = oneOf("198.51.100.1", "2001:db8::1", "::ffff:198.51.100.1", "", "unknown", "fe80::1%eth0");
  await fc.assert(
    fc.asyncProperty(
      fc.record({ method, headers, body, ip, query: text }),
      async ({ method, headers, body, ip, query }) => {
        const hasBody = method !== "GET" && method !== "HEAD";
        const before = method === "POST" ? "" : await everything();
        const address = `${path}?${encodeURIComponent(query.toWellFormed())}`;
        const response = await send(views, address, {
          method,
          headers,
          ip,
          ...(hasBody && { body: body as BodyInit }),
        });
        expect(response.status).toBeLessThan(500);
        expect(await response.text()).not.toMatch(/node_modules|PostgresError|\n\s+at |198\.51/);
        if (method !== "POST") expect(await everything()).toBe(before);
      },
    ),
    { numRuns: 5_000 },
  );
});
