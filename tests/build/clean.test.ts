/** `npm run clean` as a person runs it, in a project that has nothing but the command. */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { root } from "../setup/site.ts";

function project(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(path.join(tmpdir(), "firstflight-clean-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(path.join(root, "scripts/clean.ts"), path.join(folder, "scripts/clean.ts"));
  for (const [name, text] of Object.entries({ "package.json": '{ "type": "module" }', ...files })) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const clean = () => execFileSync(process.execPath, ["scripts/clean.ts"], { cwd: folder, encoding: "utf8" });
  return { folder, clean };
}

test("drops what builds made and kept, says how much, and leaves everything else", () => {
  const elsewhere = project({ "picture.bin": "x" });
  const { folder, clean } = project({
    "_site/posts/a/index.html": "x".repeat(2_100_000),
    "_site.next/index.html": "x",
    "_functions/views.mjs": "x",
    ".cache/posts.sqlite": "x".repeat(1_250_000),
    ".cache/pictures/a": "x".repeat(50_000),
    ".cache/links.json": "{}",
    ".data/database/PG_VERSION": "15",
    ".netlify/state.json": "{}",
    "posts/a.md": "text",
  });
  symlinkSync(elsewhere.folder, path.join(folder, ".cache/linked"));

  expect(clean()).toMatch(
    /^_site: 2\.1 MB freed\n_functions: 0\.0 MB freed\n\.cache: 1\.3 MB freed\n_site\.next: 0\.0 MB freed\n$/,
  );
  expect(readdirSync(folder).sort()).toEqual([".cache", ".data", ".netlify", "package.json", "posts", "scripts"]);
  expect(readdirSync(path.join(folder, ".cache"))).toEqual(["links.json"]);
  for (const name of [".data/database/PG_VERSION", ".netlify/state.json", "posts/a.md"])
    expect.soft(existsSync(path.join(folder, name)), name).toBe(true);
  expect(readFileSync(path.join(elsewhere.folder, "picture.bin"), "utf8")).toBe("x");
});

test("has nothing to do in a fresh clone", () => {
  expect(project({}).clean()).toBe("nothing to clean\n");
});
