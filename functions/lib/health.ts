/** Says whether the functions can do their work. */
import { json } from "./http/respond.ts";
import { errorFields, log } from "./log.ts";
import type { Services } from "./services.ts";
import { DatabaseDown } from "./store/database.ts";
import { countMigrations } from "./store/migrate.ts";

/** 200, or 503 when the database is down or has never been migrated. */
export async function health({ database }: Services): Promise<Response> {
  try {
    const migrations = await database.run(countMigrations);
    return migrations > 0
      ? json(200, { status: "ok", database: "ok", migrations })
      : json(503, { status: "error", database: "not migrated", migrations });
  } catch (error) {
    if (!(error instanceof DatabaseDown)) throw error;
    log("error", "database down", errorFields(error));
    return json(503, { status: "error", database: "down" });
  }
}
