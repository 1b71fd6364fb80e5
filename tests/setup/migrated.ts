/** What a test database goes through before the first test. */
import path from "node:path";
import { openDatabase } from "../../functions/lib/store/database.ts";
import { migrate } from "../../functions/lib/store/migrate.ts";

export const migrations = path.resolve(import.meta.dirname, "../../netlify/database/migrations");

export async function migrated(url: string): Promise<string> {
  const database = openDatabase(url, 60_000);
  await migrate(database, migrations);
  await database.close();
  return url;
}
