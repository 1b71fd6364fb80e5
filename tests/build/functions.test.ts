import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { listFunctions } from "@netlify/zip-it-and-ship-it";
import { parse } from "smol-toml";
import { beforeAll, expect, test } from "vitest";
import { bundleFunctions, doorNames, doorPaths } from "../../build/functions.ts";
import { generated, root } from "../setup/site.ts";

const output = path.join(root, ".cache/test/functions");
beforeAll(async () => {
  await bundleFunctions(root, output, generated);
});

const publicAddresses = {
  bounces: "/api/bounces",
  confirm: "/newsletter/confirm",
  contact: "/api/contact",
  health: "/api/health",
  preview: "/preview/*",
  preferences: "/newsletter/preferences",
  subscribe: "/api/subscribe",
  unsubscribe: "/newsletter/unsubscribe",
  views: "/api/views",
};

test("makes exactly the documented doors public, one file each", async () => {
  expect(await doorNames(root)).toEqual([...Object.keys(publicAddresses), "sweep"].sort());
  expect((await readdir(output)).sort()).toEqual(
    [...Object.keys(publicAddresses), "sweep"].sort().map((name) => `${name}.mjs`),
  );
  expect((await doorPaths(root)).toSorted()).toEqual(Object.values(publicAddresses).sort());
});

test("is read by the platform's packer as it was meant: routes, and rate rules per visitor", async () => {
  const functions = await listFunctions(output, { parseISC: true });
  const routes = Object.fromEntries(
    functions.flatMap(({ name, routes }) => (routes ?? []).map((route) => [name, route.pattern])),
  );
  expect(routes).toEqual(publicAddresses);
  for (const { name, runtimeAPIVersion } of functions) expect.soft(runtimeAPIVersion, name).toBe(2);
});

test("has a schedule in netlify.toml for the sweep, which has no address", async () => {
  const toml = parse(await readFile(path.join(root, "netlify.toml"), "utf8")) as {
    functions: { sweep: { schedule: string }; directory: string };
  };
  expect(toml.functions.sweep.schedule).toBe("* * * * *");
  expect(toml.functions.directory).toBe("_functions");
});

test("keeps the door of the view counter small: no page, no mail, at most 60,000 bytes", async () => {
  const { size } = await stat(path.join(output, "views.mjs"));
  expect(size).toBeLessThanOrEqual(60_000);
  const code = await readFile(path.join(output, "views.mjs"), "utf8");
  expect(code).not.toMatch(/<html|<main|nodemailer/);
});

test("carries no secret, no path of the machine that built it, and not the embedded database", async () => {
  for (const file of await readdir(output)) {
    const code = await readFile(path.join(output, file), "utf8");
    expect.soft(code.includes(root), `${file} names a folder of this machine`).toBe(false);
    expect.soft(code, file).not.toMatch(/pglite/i);
  }
});
