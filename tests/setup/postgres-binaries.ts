/** Finds the machine's own PostgreSQL. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

/** Says so, in one line, when there is none. */
export function hasPostgres(): boolean {
  const found = postgresBinaries() !== undefined;
  if (!found)
    console.warn("postgresql tests skipped: no PostgreSQL on this machine (Debian: apt-get install postgresql)");
  return found;
}

/** The folder of `initdb` and `postgres`, of the newest version; absent when there is none. */
export function postgresBinaries(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const onPath = (process.env["PATH"] ?? "").split(path.delimiter);
  const folders = [...versions.map((version) => path.join(debian, version, "bin")), ...onPath];
  return folders.find((folder) => existsSync(path.join(folder, "initdb")) && existsSync(path.join(folder, "postgres")));
}
