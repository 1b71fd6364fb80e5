/** `npm run doctor` as a person runs it, in a project of its own. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openEmbedded } from "../../functions/lib/store/embedded.ts";
import { migrated, migrations } from "../setup/migrated.ts";
import { root } from "../setup/site.ts";
import { post, siteInAFolder } from "../site/site-in-a-folder.ts";
import { openNameServer } from "./name-server.ts";
import { openRelay } from "./relay.ts";

async function project(): Promise<string> {
  const folder = await siteInAFolder({ "posts/2026-01-01-a.md": post(), "netlify.toml": "" });
  await cp(migrations, path.join(folder, "netlify/database/migrations"), { recursive: true });
  return folder;
}

interface Ran {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

/** With nothing of this machine's environment in the way. */
async function doctor(folder: string, options: readonly string[] = []): Promise<Ran> {
  const child = spawn(process.execPath, [path.join(root, "scripts/doctor.ts"), ...options], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], SYSTEMROOT: process.env["SYSTEMROOT"] },
  });
  const ran = { output: "", errors: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (ran.output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (ran.errors += text));
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { status, ...ran };
}

const titles = ["Content", "Owner's facts", "Environment", "Database", "Mail", "DNS", "Last build"];

test("lists on a fresh clone what is missing, and fails", async () => {
  const { status, output, errors } = await doctor(await project());
  expect(output.split("\n").filter((line) => /^\S/.test(line))).toEqual([
    ...titles,
    expect.stringContaining("missing"),
  ]);
  for (const key of ["DATABASE_URL", "SMTP_URL", "MAIL_FROM", "CONTACT_TO", "TOKEN_KEYS"])
    expect.soft(output).toMatch(new RegExp(`^ {2}missing {2}${key} `, "m"));
  expect(output).toMatch(/^ {2}wrong {4}site address /m);
  expect([status, errors]).toEqual([1, ""]);
});

test("passes a site that would work, reads .env, and names no secret", async () => {
  const folder = await project();
  const { port } = await openRelay();
  const database = await openEmbedded();
  onTestFinished(database.close);
  await migrated(database.url);
  const nameServer = await openNameServer({ "firstflight.io": { txt: ["v=spf1 mx -all"] } });
  const environment = {
    DATABASE_URL: database.url,
    SMTP_URL: `smtp://owner:right@127.0.0.1:${port}`,
    MAIL_FROM: "Blog <blog@firstflight.io>",
    CONTACT_TO: "owner@firstflight.io",
    TOKEN_KEYS: `k:${randomBytes(32).toString("base64url")}`,
    SITE_URL: "https://firstflight.io",
  };
  const lines = Object.entries(environment).map(([key, value]) => `${key}=${value}\n`);
  await writeFile(path.join(folder, ".env"), lines.join(""));
  const { status, output, errors } = await doctor(folder, ["--json", "--name-server", nameServer]);
  const findings = JSON.parse(output) as { group: string; state: string; blocks: boolean }[];
  expect(findings.filter(({ blocks }) => blocks)).toEqual([]);
  const well = findings.filter(({ state }) => state === "ok").map(({ group }) => group);
  expect(new Set(well)).toEqual(new Set(titles.slice(0, -1)));
  expect([status, errors]).toEqual([0, ""]);
  expect(output).not.toMatch(/right|postgres:postgres|k:/);
});

test.each([
  ["--selecter", "x"],
  ["--name-server", "nowhere"],
])("explains itself when it is misused with %s %s, without a stack", async (...options) => {
  const { status, output, errors } = await doctor(await project(), options);
  expect([status, output]).toEqual([1, ""]);
  expect(errors).toContain("npm run doctor [-- --json --selector NAME --name-server ADDRESS]");
  expect(errors).not.toMatch(/^\s+at /m);
});

test("is the script that package.json calls", async () => {
  const { scripts } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as {
    scripts: Readonly<Record<string, string>>;
  };
  expect(scripts["doctor"]).toBe("node scripts/doctor.ts");
});
