/** The project copied to a folder of its own, as a clone that a test may break. */
import { cp, mkdtemp, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "../setup/site.ts";

const parts = [
  "_data",
  "_includes",
  "build",
  "dev",
  "functions",
  "netlify",
  "posts",
  "scripts",
  "site",
  "eleventy.config.ts",
  "netlify.toml",
  "package.json",
];

/** Without history, and with no cache but that of the repository's own pictures and cards; installed packages are shared. The caller removes it. */
export async function copyOfTheProject(): Promise<string> {
  const project = await mkdtemp(path.join(tmpdir(), "firstflight-project-"));
  for (const part of parts) await cp(path.join(root, part), path.join(project, part), { recursive: true });
  // The tests' build has made them, see tests/setup/site.ts.
  for (const name of ["pictures", "cards"])
    await cp(path.join(root, ".cache/test", name), path.join(project, ".cache", name), { recursive: true });
  await symlink(path.join(root, "node_modules"), path.join(project, "node_modules"), "junction");
  return project;
}
