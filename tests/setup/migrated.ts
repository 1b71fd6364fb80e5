/** What a test database goes through before the first test, and what tests learn of it by `inject`. */
import path from "node:path";
import { openDatabase } from "../../functions/lib/store/database.ts";
import { migrate } from "../../functions/lib/store/migrate.ts";

declare module "vitest" {
  export interface ProvidedContext {
    databaseUrl: string;
    databaseKind: "embedded" | "postgresql";
  }
}

export const migrations = path.resolve(import.meta.dirname, "../../netlify/database/migrations");

export async function migrated(url: string): Promise<void> {
  const database = openDatabase(url, 60_000);
  await migrate(database, migrations);
  await database.close();
}
