/** What a test database goes through before the first test, and what tests learn of it. */
import path from "node:path";
import { inject } from "vitest";
import { openDatabase } from "../../functions/lib/store/database.ts";
import { migrate } from "../../functions/lib/store/migrate.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** One for each worker, for tests empty theirs. */
    databaseUrls: readonly string[];
    databaseKind: "embedded" | "postgresql";
  }
}

export const migrations = path.resolve(import.meta.dirname, "../../netlify/database/migrations");

export async function migrated(url: string): Promise<string> {
  const database = openDatabase(url, 60_000);
  await migrate(database, migrations);
  await database.close();
  return url;
}

/** The database that this worker has for itself, in a test. */
export function databaseOfWorker(): string {
  const worker = Number(process.env["VITEST_POOL_ID"]);
  const url = inject("databaseUrls")[worker - 1];
  if (!url) throw new Error(`no database for worker ${worker}`);
  return url;
}
