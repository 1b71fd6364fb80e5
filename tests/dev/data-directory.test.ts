import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { DataDirectoryTaken, holdDataDirectory } from "../../dev/data-directory.ts";
import { root } from "../setup/site.ts";
import { temporaryFolder } from "./run-start.ts";

async function folder(): Promise<string> {
  const made = await temporaryFolder();
  onTestFinished(made.remove);
  return path.join(made.path, "data");
}

test("keeps its secrets from start to start", async () => {
  const data = await folder();
  const first = await holdDataDirectory(data);
  first.release();
  const second = await holdDataDirectory(data);
  second.release();
  expect(second.tokenKeys).toBe(first.tokenKeys);
  expect(second.tokenKeys).toMatch(/^local:[\w-]{43}$/);
});

test("refuses a folder that a living process holds, says which, and takes it once that one was killed", async () => {
  const data = await folder();
  const hold = `const { holdDataDirectory } = await import(${JSON.stringify(path.join(root, "dev/data-directory.ts"))});
    await holdDataDirectory(${JSON.stringify(data)}); console.log("held"); setTimeout(() => {}, 60_000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", hold], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  const refusal = await holdDataDirectory(data).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(DataDirectoryTaken);
  expect(String(refusal)).toContain(`process ${child.pid}`);
  child.kill("SIGKILL");
  await once(child, "exit");
  (await holdDataDirectory(data)).release();
});
