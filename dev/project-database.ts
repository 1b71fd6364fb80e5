/** The database that a command works on: the one the environment names, or that of `npm start`, which may be running. */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Database, openDatabase } from "../functions/lib/store/database.ts";
import { openEmbedded } from "../functions/lib/store/embedded.ts";
import { migrate } from "../functions/lib/store/migrate.ts";
import { ConfigError, type SiteConfig } from "../site/config.ts";
import { DataDirectoryTaken, holdDataDirectory } from "./data-directory.ts";

export interface ProjectDatabase {
  readonly database: Database;
  close(): Promise<void>;
}

/** A person waits, and no request. */
const waitMs = 60_000;

/** Where `npm start` writes the address of its database while it runs. */
const addressFile = "database-url";

/** Throws ConfigError when there is none. */
export async function openProjectDatabase(config: SiteConfig): Promise<ProjectDatabase> {
  if (config.databaseUrl) return reached(config.databaseUrl);
  const folder = path.join(config.dataDirectory, "database");
  if (!existsSync(folder)) {
    throw new ConfigError(
      "There is no database: set DATABASE_URL, in .env or before the command, or run npm start first.",
    );
  }
  try {
    return await opened(config, folder);
  } catch (error) {
    if (!(error instanceof DataDirectoryTaken)) throw error;
    const address = await readFile(path.join(config.dataDirectory, addressFile), "utf8").catch(() => "");
    if (!address) throw new ConfigError("npm start is about to begin or to end. Please try again in a moment.");
    return reached(address);
  }
}

/** For `npm start`: commands reach its database by the address in the folder that it holds. */
export async function tellAddress(dataDirectory: string, databaseUrl: string): Promise<void> {
  await writeFile(path.join(dataDirectory, addressFile), databaseUrl, { mode: 0o600 });
}

/** Where `npm start` writes the address of its mailbox while it runs. */
const relayFile = "smtp-url";

/** For `npm start`: commands send test mails to its mailbox. */
export async function tellRelay(dataDirectory: string, smtpUrl: string): Promise<void> {
  await writeFile(path.join(dataDirectory, relayFile), smtpUrl);
}

/** The mailbox of `npm start`; absent when it never ran, or sends its mail elsewhere. */
export async function localRelay({ dataDirectory }: SiteConfig): Promise<string | undefined> {
  return (await readFile(path.join(dataDirectory, relayFile), "utf8").catch(() => "")) || undefined;
}

function reached(databaseUrl: string): ProjectDatabase {
  const database = openDatabase(databaseUrl, waitMs);
  return { database, close: database.close };
}

/** Nobody runs it: then it is ours for the moment. */
async function opened({ root, dataDirectory }: SiteConfig, folder: string): Promise<ProjectDatabase> {
  const closers: (() => unknown)[] = [(await holdDataDirectory(dataDirectory)).release];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const embedded = await openEmbedded({ folder });
    closers.push(embedded.close);
    const { database } = reached(embedded.url);
    closers.push(database.close);
    await migrate(database, path.join(root, "netlify/database/migrations"));
    return { database, close };
  } catch (error) {
    await close();
    throw error;
  }
}
