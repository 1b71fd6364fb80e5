import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { zipFunctions } from "@netlify/zip-it-and-ship-it";
import { expect, it } from "vitest";
import { bundleFunctions } from "../../build/functions.ts";
import { limits } from "../../functions/lib/limits.ts";
import { generated, root } from "../setup/site.ts";

const folder = path.join(root, "functions");
const perMinute = Object.entries(limits.requestsPerMinute);
const doors = [...perMinute.map(([name]) => name), "sweep"].sort();

it("has only doors at the top of functions/, and nothing in lib/ that would become one", () => {
  const entries = readdirSync(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  expect(files.sort()).toEqual(doors.map((door) => `${door}.ts`));
  expect(entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)).toEqual(["lib"]);
  expect(readdirSync(path.join(folder, "lib")).filter((name) => /^(?:index|lib)\./.test(name))).toEqual([]);
});

it("gives Netlify's bundler addresses, the schedule, and a limit per visitor and minute", async () => {
  const work = mkdtempSync(path.join(tmpdir(), "firstflight-doors-"));
  const bundles = path.join(work, "bundles");
  await bundleFunctions(root, bundles, generated);
  const zipped = await zipFunctions(bundles, path.join(work, "zips"), { archiveFormat: "none", basePath: work });
  rmSync(work, { recursive: true });
  const found = Object.fromEntries(zipped.map((each) => [each.name, each]));
  expect(Object.keys(found).sort()).toEqual(doors);
  expect(found["sweep"]?.schedule).toBe("* * * * *");
  for (const [name, windowLimit] of perMinute) {
    const base = /^(?:bounces|contact|views|subscribe|health)$/.test(name) ? "/api" : "/newsletter";
    const address = name === "preview" ? "/preview/*" : `${base}/${name}`;
    expect(found[name]?.routes?.map(({ pattern }) => pattern)).toEqual([address]);
    expect(found[name]?.trafficRules?.action.config).toMatchObject({
      rateLimitConfig: { windowLimit, windowSize: 60 },
      aggregate: { keys: [{ type: "ip" }, { type: "domain" }] },
    });
  }
});
