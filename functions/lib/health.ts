/** Says whether the functions can do their work. */
import { json } from "./http/respond.ts";
import { limits } from "./limits.ts";
import { errorFields, log } from "./log.ts";
import type { Services } from "./services.ts";
import { DatabaseDown } from "./store/database.ts";
import { hasLateMail } from "./store/late-mail.ts";
import { countMigrations } from "./store/migrate.ts";

/** 200, or 503 when the database is down or has never been migrated. Mail that waits does not make it a 503: it is kept. */
export async function health({ database }: Services): Promise<Response> {
  try {
    const migrations = await database.run(countMigrations);
    if (migrations === 0) return json(503, { status: "error", database: "not migrated", migrations });
    const isLate = await database.run((sql) => hasLateMail(sql, limits.healthMailMinutes));
    return json(200, { status: "ok", database: "ok", migrations, mail: isLate ? "late" : "ok" });
  } catch (error) {
    if (!(error instanceof DatabaseDown)) throw error;
    log("error", "database down", errorFields(error));
    return json(503, { status: "error", database: "down" });
  }
}
