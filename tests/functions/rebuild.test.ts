/** Posts that go live: the build hook is a real HTTP server here. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { closeServices, services } from "../../functions/lib/services.ts";
import { permissions } from "../../functions/lib/sweep/deploy.ts";
import { rebuildWhenDue } from "../../functions/lib/sweep/rebuild.ts";
import { emptyDatabase, sql } from "./support/database.ts";
import { setEnvironment } from "./support/environment.ts";
import { keptLogs, neverLogged } from "./support/logs.ts";

const logs = keptLogs();
neverLogged(["secret-hook"]);

let status = 200;
const calls: string[] = [];
const hook = createServer((request, response) => {
  calls.push(`${request.method} ${request.url}`);
  response.writeHead(status, { Location: "/elsewhere" }).end();
});
beforeAll(() => new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve)));
beforeEach(async () => {
  status = 200;
  calls.length = 0;
  logs.clear();
  await setEnvironment({ BUILD_HOOK_URL: `http://127.0.0.1:${(hook.address() as AddressInfo).port}/secret-hook` });
  await emptyDatabase();
});
afterAll(async () => {
  await closeServices();
  await new Promise((resolve) => hook.close(resolve));
});

/** The site whose last build knew of posts at these moments, at a time of its clock. */
function siteAt(now: string, due: readonly string[]) {
  const all = services();
  return { ...all, site: { ...all.site, due }, clock: () => new Date(now) };
}

const moments = ["2030-01-01T09:00:00.000Z", "2030-01-02T09:00:00.000Z"];

it("does nothing before the minute of a post has come", async () => {
  expect(await rebuildWhenDue(siteAt("2030-01-01T08:59:59.999Z", moments))).toBe(false);
  expect(calls).toEqual([]);
});

it("calls the hook once for a moment, however many sweeps run and however often", async () => {
  const site = siteAt("2030-01-01T09:00:00.000Z", moments);
  const answers = await Promise.all(Array.from({ length: 5 }, () => rebuildWhenDue(site)));
  expect(answers.filter(Boolean)).toHaveLength(1);
  await sql`UPDATE rebuild SET lease_until = now() - interval '1 day'`;
  expect(await rebuildWhenDue(site)).toBe(false);
  expect(calls).toEqual(["POST /secret-hook"]);
});

it("calls it again for the next post, and once for two that came due together", async () => {
  await rebuildWhenDue(siteAt("2030-01-01T09:01:00Z", moments));
  await rebuildWhenDue(siteAt("2030-01-02T09:00:10Z", moments));
  expect(calls).toHaveLength(2);
  await emptyDatabase();
  await rebuildWhenDue(siteAt("2030-01-03T00:00:00Z", moments));
  await rebuildWhenDue(siteAt("2030-01-03T00:01:00Z", moments));
  expect(calls).toHaveLength(3);
});

it.each([
  ["refuses", 500],
  ["leads elsewhere", 302],
])("tries again, but not at once, when the hook %s", async (_what, answer) => {
  const site = siteAt("2030-01-01T09:00:00Z", moments);
  status = answer;
  expect([await rebuildWhenDue(site), await rebuildWhenDue(site)]).toEqual([false, false]);
  expect(calls).toHaveLength(1);
  expect(logs.lines.join()).toContain("build hook failed");
  status = 200;
  await sql`UPDATE rebuild SET lease_until = now() - interval '1 second'`;
  expect(await rebuildWhenDue(site)).toBe(true);
  expect(await sql`SELECT attempts, called_at IS NOT NULL AS called FROM rebuild`).toEqual([
    { attempts: 2, called: true },
  ]);
});

it("needs a hook, and is only for the published site", async () => {
  await setEnvironment({});
  expect(await rebuildWhenDue(siteAt("2030-01-03T00:00:00Z", moments))).toBe(false);
  const deploy = (context: string) => ({ deploy: { context, id: "1", published: true } });
  expect(permissions(services().config, deploy("production")).rebuild).toBe(true);
  expect(permissions(services().config, deploy("deploy-preview")).rebuild).toBe(false);
  expect(permissions({ ...services().config, deployContext: "dev" }, {}).rebuild).toBe(false);
});
