/** The environment the doors read in tests: the run's database and a mailbox of the test file's own. */
import { closeServices } from "../../../functions/lib/services.ts";
import { databaseOfWorker } from "../../setup/database-of-worker.ts";
import { siteUrl } from "../../setup/site.ts";

export { siteUrl };

export const tokenKeys = `t1:${Buffer.alloc(32, 7).toString("base64url")}`;
export const owner = "owner@exactly-once.example";
/** A port on which nobody listens. */
export const closedPort = 1;

/** Sets the whole environment, with `changes`, for the next call of a door. */
export async function setEnvironment(changes: Readonly<Record<string, string>>): Promise<void> {
  await closeServices();
  const values: Record<string, string> = {
    DATABASE_URL: changes["DATABASE_URL"] ?? databaseOfWorker(),
    SMTP_URL: `smtp://127.0.0.1:${closedPort}`,
    MAIL_FROM: "Exactly Once <blog@exactly-once.example>",
    CONTACT_TO: owner,
    TOKEN_KEYS: tokenKeys,
    SITE_URL: siteUrl,
    ...changes,
  };
  for (const key of ["NETLIFY_DB_URL", "URL", "CONTEXT", "BUILD_HOOK_URL", "MAIL_WEBHOOK_SECRET"])
    delete process.env[key];
  for (const [key, value] of Object.entries(values)) process.env[key] = value;
}

export const noDatabase = { DATABASE_URL: `postgres://postgres@127.0.0.1:${closedPort}/postgres` };
