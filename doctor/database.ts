/** The database: reachable, new enough, and with every migration of the project. Nothing is ever changed in it. */
import path from "node:path";
import { errorCode } from "../functions/lib/log.ts";
import { openDatabase, type Sql } from "../functions/lib/store/database.ts";
import { appliedMigrations, migrationNames } from "../functions/lib/store/migrate.ts";
import { type Finding, missing, ok, skipped, wrong } from "./finding.ts";

const oldestMajor = 14;

/** `databaseUrl` is absent when the environment has no usable one. */
export async function checkDatabase(root: string, databaseUrl: string | undefined): Promise<readonly Finding[]> {
  if (!databaseUrl) return [skipped("connection", "no DATABASE_URL to try")];
  const names = await migrationNames(path.join(root, "netlify/database/migrations"));
  const database = openDatabase(databaseUrl);
  try {
    return await database.run((sql) => examine(sql, names));
  } catch (error) {
    return [refused(error)];
  } finally {
    // Nobody waits for a goodbye to a server that may not answer.
    database.close().catch(() => {});
  }
}

async function examine(sql: Sql, names: readonly string[]): Promise<readonly Finding[]> {
  const [row] = await sql`SELECT current_setting('server_version_num')::int AS version`;
  const major = Math.floor(Number(row?.["version"]) / 10_000);
  return [ok("connection", "answers"), versionFinding(major), migrationsFinding(names, await appliedMigrations(sql))];
}

export function versionFinding(major: number): Finding {
  if (major >= oldestMajor) return ok("version", `PostgreSQL ${major}`);
  const remedy = `move to version ${oldestMajor} or newer`;
  return wrong("version", `PostgreSQL ${major} is too old`, { remedy, blocks: true });
}

function migrationsFinding(names: readonly string[], applied: readonly string[]): Finding {
  const pending = names.filter((name) => !applied.includes(name));
  const unknown = applied.filter((name) => !names.includes(name));
  const advice = {
    remedy: "deploy: a production build applies them, and on Netlify Database the platform",
    blocks: true,
  };
  if (applied.length === 0) return missing("migrations", "none applied yet", advice);
  if (pending.length > 0) return wrong("migrations", `not applied: ${pending.join(", ")}`, advice);
  if (unknown.length === 0) return ok("migrations", `all ${names.length} applied`);
  const remedy = "deploy from the newest commit";
  return wrong("migrations", `applied, but not in this project: ${unknown.join(", ")}`, { remedy });
}

/** By the codes of Node.js, the driver and PostgreSQL, the first that fits. @see PostgreSQL manual, appendix A */
const reasons: readonly (readonly [RegExp, detail: string, remedy: string])[] = [
  [/^28/, "refuses the login", "compare user and password of DATABASE_URL with the provider's"],
  [/^3D000$/, "has no database of that name", "correct the end of DATABASE_URL"],
  [/^53/, "has no connection to spare", "close other clients, or use the provider's pooler"],
  [/^(?:42501|42\w{3})$/, "does not let this user read netlify.migrations", "use the owner of the tables"],
  [/^(?:ENOTFOUND|EAI_AGAIN)$/, "has a host name that nobody knows", "correct the host of DATABASE_URL, or go online"],
  [/CERT|SELF_SIGNED|ISSUER|SIGNATURE|^ERR_(?:SSL|TLS)/, "cannot prove who it is", "give the provider's own host name"],
  [/TIMEOUT|TIMEDOUT/, "does not answer", "open its firewall for you, or wake it"],
];

function refused(error: unknown): Finding {
  const inner = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const late = inner instanceof DOMException && inner.name === "TimeoutError";
  const code = late ? "TIMEOUT" : (errorCode(inner) ?? "");
  const [, detail, remedy] = reasons.find(([pattern]) => pattern.test(code)) ?? [
    undefined,
    `cannot be reached${code ? ` (${code})` : ""}`,
    "see that it runs, and compare host and port of DATABASE_URL with the provider's",
  ];
  return wrong("connection", detail, { remedy, blocks: true });
}
