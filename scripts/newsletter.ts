/** `npm run newsletter`: the list of subscribers, of the configured database or of that of `npm start`. Reads `.env` too. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { openProjectDatabase } from "../dev/project-database.ts";
import { inspectConfig, parseTokenKeys } from "../functions/lib/config.ts";
import { keyRing } from "../functions/lib/keys.ts";
import {
  exportSubscribers,
  ImportError,
  importSubscribers,
  type ListServices,
} from "../functions/lib/newsletter/import-export.ts";
import { formats } from "../functions/lib/newsletter/subscriber-rows.ts";
import { DatabaseDown } from "../functions/lib/store/database.ts";
import { ConfigError, loadEnvironmentFile, readSiteConfig, type SiteConfig } from "../site/config.ts";
import { explain } from "./terminal.ts";

const usage = `npm run newsletter -- import FILE [--format csv|ndjson] [--ask]
npm run newsletter -- export [FILE] [--format csv|ndjson]
--ask also takes addresses without a proof of consent, as not confirmed, and asks each by mail.`;

const options = {
  ask: { type: "boolean", default: false },
  format: { type: "string" },
} as const;

interface Call {
  readonly services: ListServices;
  readonly args: readonly string[];
  readonly values: ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];
  /** Of a file that the person named. */
  readonly fileAt: (name: string) => string;
}

type Command = (call: Call) => Promise<string>;

/** By name; each gives what it has to say. */
const commands: Readonly<Record<string, Command>> = {
  async import({ services, args: [file], values, fileAt }) {
    if (!file) throw new ConfigError(`Which file?\n${usage}`);
    const report = await importSubscribers(services, fileAt(file), {
      format: formatOf(values.format),
      asks: values.ask,
    });
    const { added, asked, kept, suppressed, hashes } = report;
    return [
      `${added} added${asked > 0 ? `, ${asked} of them asked by mail first` : ""}`,
      `${kept} were here already and stay as they are`,
      `${suppressed} not taken, because they are suppressed here`,
      `${hashes} suppressions without an address added`,
    ].join("\n");
  },

  async export({ services, args: [file], values, fileAt }) {
    const format = formatOf(values.format) ?? formats.find((each) => file?.endsWith(`.${each}`)) ?? "csv";
    const list = await exportSubscribers(services, format);
    if (!file) return list.replace(/\r?\n$/, "");
    await writeFile(fileAt(file), list, { mode: 0o600 });
    return `Written to ${file}. It has the addresses of people: keep it safe.`;
  },
};

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [name = "", ...args] = positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new ConfigError(name ? `There is no command "${name}".\n${usage}` : usage);
  const root = path.resolve(import.meta.dirname, "..");
  loadEnvironmentFile(root);
  const site = readSiteConfig(root);
  const { database, close } = await openProjectDatabase(site);
  try {
    const services = { database, ...(await signing(site)) };
    console.log(await command({ services, args, values, fileAt: (file) => path.resolve(site.calledFrom, file) }));
  } finally {
    await close();
  }
} catch (error) {
  console.error(reason(error));
  process.exitCode = 1;
}

/** Of the site whose database it is: `npm start` keeps keys of its own beside its database. */
async function signing(site: SiteConfig): Promise<Pick<ListServices, "keys" | "mailFrom">> {
  const { config } = inspectConfig();
  const own = site.databaseUrl ? config.tokenKeys : parseTokenKeys(await localKeys(site));
  if (!own)
    throw new ConfigError("TOKEN_KEYS of this database are needed: suppressed addresses are known only by them.");
  const local = { address: "newsletter@localhost.localdomain" };
  return { keys: keyRing(own), mailFrom: config.mailFrom ?? (site.databaseUrl ? undefined : local) };
}

async function localKeys({ dataDirectory }: SiteConfig): Promise<string> {
  return (await readFile(path.join(dataDirectory, "token-keys"), "utf8").catch(() => "")).trim();
}

function formatOf(text: string | undefined) {
  const format = formats.find((each) => each === text);
  if (text !== undefined && !format) throw new ConfigError(`--format is ${formats.join(" or ")}, not "${text}".`);
  return format;
}

function reason(error: unknown): string {
  if (error instanceof ImportError || error instanceof ConfigError) return error.message;
  if (error instanceof DatabaseDown) return "The database does not answer. npm run doctor says more.";
  if (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")) {
    return `${error.message}\n${usage}`;
  }
  return explain(error);
}
