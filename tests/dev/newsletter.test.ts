/** `npm run newsletter` as the owner runs it. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openEmbedded } from "../../functions/lib/store/embedded.ts";
import { migrated } from "../setup/migrated.ts";
import { root } from "../setup/site.ts";

const tokenKeys = `k1:${Buffer.alloc(32, 5).toString("base64url")}`;

test("imports a list, says what is wrong with another, and exports what there is", { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "firstflight-newsletter-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const embedded = await openEmbedded();
  onTestFinished(embedded.close);
  await migrated(embedded.url);

  /** From the folder of the files, as npm calls it. */
  async function run(...args: string[]) {
    const child = spawn(process.execPath, [path.join(root, "scripts/newsletter.ts"), ...args], {
      env: { ...process.env, INIT_CWD: folder, DATABASE_URL: embedded.url, TOKEN_KEYS: tokenKeys, MAIL_FROM: "" },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => (output += text));
    const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
    return { status, output };
  }

  await writeFile(
    path.join(folder, "good.csv"),
    "email,confirmed_at,topics\nann@reader.example,2024-05-01,kafka flink\n",
  );
  await writeFile(path.join(folder, "bad.csv"), "email,confirmed_at\nann,2024-05-01\nbob@reader.example,\n");
  const imported = await run("import", "good.csv");
  expect(imported).toMatchObject({ status: 0, output: expect.stringMatching(/^1 added\n0 were here/) });
  const refused = await run("import", "bad.csv");
  expect(refused.status).toBe(1);
  expect(refused.output).toContain('bad.csv:2:1 "ann" is no e-mail address');
  expect(refused.output).toContain("bad.csv:3:1 no proof of consent");
  expect(await run("export", "out.ndjson")).toMatchObject({
    status: 0,
    output: expect.stringMatching(/^Written to out/),
  });
  expect(JSON.parse(await readFile(path.join(folder, "out.ndjson"), "utf8"))).toMatchObject({
    email: "ann@reader.example",
    confirmed_at: "2024-05-01T00:00:00.000000Z",
    topics: ["kafka", "flink"],
  });
});

/** Gives a program a terminal. */
const script = "/usr/bin/script";

test.skipIf(process.platform !== "linux" || !existsSync(script))(
  "opens the mail of a post for the person at the terminal, and its text",
  { timeout: 60_000 },
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "firstflight-newsletter-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const opened = path.join(folder, "opened");
    await writeFile(path.join(folder, "xdg-open"), `#!/bin/sh\necho "$1" >> "${opened}"\n`, { mode: 0o755 });
    const command = `"${process.execPath}" "${path.join(root, "scripts/newsletter.ts")}" preview exactly-once-in-production`;
    const env = { ...process.env, PATH: `${folder}:${process.env["PATH"]}` };
    const child = spawn(script, ["-qec", command, "/dev/null"], { env, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (output += text));
    await new Promise((resolve) => child.on("close", resolve));
    const [page = "", text = ""] = output.split(/\r?\n/);
    onTestFinished(() => rm(path.dirname(page), { recursive: true }));
    const files = async () => (await readFile(opened, "utf8").catch(() => "")).trim().split("\n").sort();
    await expect.poll(files).toEqual([page, text].sort());
  },
);
