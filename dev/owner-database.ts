/** The database that the owner's commands read: the configured one, or the one of `npm start` on this machine. */
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Database, openDatabase } from "../functions/lib/store/database.ts";
import { openEmbedded } from "../functions/lib/store/embedded.ts";
import { migrate } from "../functions/lib/store/migrate.ts";
import { ConfigError, type SiteConfig } from "../site/config.ts";
import { DataDirectoryTaken, holdDataDirectory } from "./data-directory.ts";

export interface OwnerDatabase extends Database {
  /** In words, for the person. */
  readonly where: string;
}

const migrationWaitMs = 60_000;

/** @throws {ConfigError} when there is none yet */
export async function openOwnerDatabase(config: SiteConfig): Promise<OwnerDatabase> {
  const { databaseUrl } = config;
  if (databaseUrl) return { ...openDatabase(databaseUrl), where: `the database on ${new URL(databaseUrl).host}` };
  return openLocal(config);
}

/** Through the `npm start` that runs, or else as its next run would open it. */
async function openLocal({ root, dataDirectory }: SiteConfig): Promise<OwnerDatabase> {
  const folder = path.join(dataDirectory, "database");
  const where = `the database of npm start, in ${path.relative(root, folder)}`;
  if (!existsSync(folder)) {
    throw new ConfigError("There is no database: set DATABASE_URL in .env, or run npm start, which makes one here.");
  }
  try {
    const data = await holdDataDirectory(dataDirectory);
    const embedded = await openEmbedded({ folder });
    const database = openDatabase(embedded.url, migrationWaitMs);
    await migrate(database, path.join(root, "netlify/database/migrations"));
    const close = async () => {
      await database.close();
      await embedded.close();
      data.release();
    };
    return { ...database, where, close };
  } catch (error) {
    if (!(error instanceof DataDirectoryTaken)) throw error;
    const url = await readFile(addressFile(dataDirectory), "utf8").catch(() => undefined);
    if (!url) throw new ConfigError("npm start is just starting or stopping. Try again in a few seconds.");
    return { ...openDatabase(url), where };
  }
}

/** Lets other commands reach the database while `npm start` holds its folder. Returns how to take that back. */
export async function announceDatabase(dataDirectory: string, url: string): Promise<() => Promise<void>> {
  await writeFile(addressFile(dataDirectory), url, { mode: 0o600 });
  return () => rm(addressFile(dataDirectory), { force: true });
}

function addressFile(dataDirectory: string): string {
  return path.join(dataDirectory, "database-address");
}
