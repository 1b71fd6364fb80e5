/** `npm run inbox`: the messages of the contact form, in the configured database or in that of `npm start`. Reads `.env` too. */
import path from "node:path";
import { parseArgs } from "node:util";
import { openProjectDatabase } from "../dev/project-database.ts";
import { erase, exportAll, InboxError, list, mark, show } from "../functions/lib/contact/inbox.ts";
import { type Database, DatabaseDown } from "../functions/lib/store/database.ts";
import { loadEnvironmentFile, readSiteConfig } from "../site/config.ts";
import { explain, paintFor } from "./terminal.ts";

const usage = `npm run inbox -- [list] [--quarantine] [--state STATE] [--all] [--json]
npm run inbox -- show ID [--json]
npm run inbox -- mark STATE ID…          STATE is new, read, answered or junk
npm run inbox -- export [--email ADDRESS]
npm run inbox -- erase ID… --yes         or --email ADDRESS --yes
An ID may be cut to its first letters.`;

const options = {
  all: { type: "boolean", default: false },
  email: { type: "string" },
  json: { type: "boolean", default: false },
  quarantine: { type: "boolean", default: false },
  state: { type: "string" },
  yes: { type: "boolean", default: false },
} as const;

const newest = 20;

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const root = path.resolve(import.meta.dirname, "..");
  loadEnvironmentFile(root);
  const { database, close } = await openProjectDatabase(readSiteConfig(root));
  try {
    console.log(await perform(database, positionals, values));
  } finally {
    await close();
  }
} catch (error) {
  console.error(reason(error));
  process.exitCode = 1;
}

function perform(
  database: Database,
  [command = "list", ...rest]: readonly string[],
  values: ReturnType<typeof parseArgs<{ options: typeof options }>>["values"],
): Promise<string> {
  const { all, email, json, quarantine, state, yes } = values;
  const [first = "", ...others] = rest;
  if (command === "list") {
    const style = { width: process.stdout.columns ?? 120, paint: paintFor(process.stdout) };
    const limit = all ? undefined : newest;
    return list(database, { json, style, quarantine, limit, email, state });
  }
  if (command === "show") return show(database, first, json);
  if (command === "mark") return mark(database, first, others);
  if (command === "export") return exportAll(database, email);
  if (command === "erase") return erase(database, { beginnings: rest, email, isMeant: yes });
  throw new InboxError(`There is no command "${command}".\n${usage}`);
}

function reason(error: unknown): string {
  if (error instanceof InboxError) return error.message;
  if (error instanceof DatabaseDown) return "The database does not answer. npm run doctor says more.";
  if (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")) {
    return `${error.message}\n${usage}`;
  }
  return explain(error);
}
