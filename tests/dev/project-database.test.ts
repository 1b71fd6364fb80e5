/** The database of `npm start` as commands find it: while it runs, after it was killed, and when there never was one. */
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { root } from "../setup/site.ts";
import { runStart, temporaryFolder } from "./run-start.ts";

async function inbox(dataDirectory: string): Promise<string> {
  const env = { ...process.env, DATA_DIR: dataDirectory, DATABASE_URL: "", NETLIFY_DB_URL: "", NO_COLOR: "1" };
  const run = promisify(execFile)(process.execPath, [path.join(root, "scripts/inbox.ts")], { cwd: root, env });
  return run.then(
    ({ stdout }) => stdout,
    ({ stderr }) => stderr,
  );
}

test("is found while npm start runs, and has every message after npm start was killed", async () => {
  const data = await temporaryFolder();
  const ended: Promise<unknown>[] = [];
  onTestFinished(async () => {
    await Promise.all(ended);
    await data.remove();
  });
  expect(await inbox(data.path)).toBe(
    "There is no database: set DATABASE_URL, in .env or before the command, or run npm start first.\n",
  );
  const site = await runStart({ dataDirectory: data.path });
  ended.push(site.exit);
  onTestFinished(() => void site.process.kill("SIGKILL"));
  const body = new URLSearchParams({ name: "Ada", email: "ada@example.org", message: "Kept across a crash." });
  const answer = await fetch(`${site.url}/api/contact`, { method: "POST", body, redirect: "manual" });
  expect(answer.status).toBe(303);
  expect(await inbox(data.path)).toContain("Ada: Kept across a crash.");
  site.process.kill("SIGKILL");
  await site.exit;
  expect(await inbox(data.path)).toContain("Ada: Kept across a crash.");
}, 120_000);
