/** `npm run check:links` as a person and a pipeline run it. */
import { spawn } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "../../setup/site.ts";
import { siteInAFolder } from "../site-in-a-folder.ts";

interface Ran {
  readonly status: number | null;
  readonly output: string;
}

async function checkLinks(folder: string, options: readonly string[], ci = ""): Promise<Ran> {
  const child = spawn(process.execPath, [path.join(root, "scripts/check-links.ts"), ...options], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, CI: ci },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { status, output };
}

const project = {
  "netlify.toml": '[[redirects]]\nfrom = "/feed"\nto = "/feed.xml"\n',
  "functions/hello.ts": 'export const config = { path: "/api/hello" };\n',
  "_site/feed.xml": "<feed/>",
};
const links = '<a href="/feed">Feed</a><form action="/api/hello"></form>';

test("says that the site has to be built first", async () => {
  const ran = await checkLinks(await siteInAFolder({}), []);
  expect(ran).toEqual({ status: 1, output: "There is no _site/ to check: run npm run build first.\n" });
});

test("knows the host's redirects and the functions' addresses", async () => {
  const ran = await checkLinks(await siteInAFolder({ ...project, "_site/index.html": links }), []);
  expect(ran).toEqual({ status: 0, output: "no dead links found\n" });
});

test("fails by its status at a dead link, for people and for programs", async () => {
  const folder = await siteInAFolder({ ...project, "_site/index.html": `${links}\n<a href="/none/">None</a>` });
  expect(await checkLinks(folder, [])).toEqual({
    status: 1,
    output: "_site/index.html:2:1 error nothing is published at /none/\n\n1 error in 1 file\n",
  });
  const { status, output } = await checkLinks(folder, ["--json"]);
  expect(status).toBe(1);
  expect(JSON.parse(output)).toMatchObject([{ file: "_site/index.html", line: 2, column: 1, code: "dead-link" }]);
});

test("asks nobody in CI, and says why", async () => {
  const { status, output } = await checkLinks(await siteInAFolder({}), ["--external"], "true");
  expect(status).toBe(1);
  expect(output).toMatch(/^--external is not for CI \(CI is set in the environment\): it asks other people's hosts/);
});

test("asks for no page of the machine's own network", async () => {
  const profile = { role: "R", headline: "H", profiles: [{ label: "Here", url: "http://127.0.0.1:1/" }] };
  const folder = await siteInAFolder({ "_data/profile.json": JSON.stringify(profile) });
  const ran = await checkLinks(folder, ["--external"]);
  expect(ran.output).toContain("http://127.0.0.1:1/ could not be asked: it leads into a private network");
  expect(ran.output).toContain("0 errors, 1 warning in 1 file");
  expect(ran.status).toBe(0);
});
