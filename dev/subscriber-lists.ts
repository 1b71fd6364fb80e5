/** Lists of subscribers in and out of the project's database, with the keys by which it knows suppressed addresses. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { inspectConfig, parseTokenKeys } from "../functions/lib/config.ts";
import { keyRing } from "../functions/lib/keys.ts";
import { exportSubscribers, importSubscribers, type ListServices } from "../functions/lib/newsletter/import-export.ts";
import { formats } from "../functions/lib/newsletter/subscriber-rows.ts";
import type { Database } from "../functions/lib/store/database.ts";
import { ConfigError, type SiteConfig } from "../site/config.ts";

export interface ListWish {
  readonly site: SiteConfig;
  readonly database: Database;
  /** As the person typed it; empty when none was named. */
  readonly file: string;
  readonly format: string | undefined;
}

/** Says what became of the addresses. `asks` also takes those without a proof of consent, and asks each by mail. */
export async function importList({ site, database, file, format }: ListWish, asks: boolean): Promise<string> {
  const services = await listServices(site, database);
  const wish = { format: formatOf(format), asks };
  const { added, asked, kept, suppressed, hashes } = await importSubscribers(services, fileAt(site, file), wish);
  return [
    `${added} added${asked > 0 ? `, ${asked} of them asked by mail first` : ""}`,
    `${kept} were here already and stay as they are`,
    `${suppressed} not taken, because they are suppressed here`,
    `${hashes} suppressions without an address added`,
  ].join("\n");
}

/** Gives the list itself when no file is named. */
export async function exportList({ site, database, file, format }: ListWish): Promise<string> {
  const known = formatOf(format) ?? formats.find((each) => file.endsWith(`.${each}`)) ?? "csv";
  const list = await exportSubscribers(await listServices(site, database), known);
  if (file === "") return list.replace(/\r?\n$/, "");
  await writeFile(fileAt(site, file), list, { mode: 0o600 });
  return `Written to ${file}. It has the addresses of people: keep it safe.`;
}

/** Of the site whose database it is: `npm start` keeps keys of its own beside its database. */
async function listServices(site: SiteConfig, database: Database): Promise<ListServices> {
  const { config } = inspectConfig();
  const own = site.databaseUrl ? config.tokenKeys : parseTokenKeys(await localKeys(site));
  if (!own)
    throw new ConfigError("TOKEN_KEYS of this database are needed: suppressed addresses are known only by them.");
  const local = { address: "newsletter@localhost.localdomain" };
  return { database, keys: keyRing(own), mailFrom: config.mailFrom ?? (site.databaseUrl ? undefined : local) };
}

async function localKeys({ dataDirectory }: SiteConfig): Promise<string> {
  return (await readFile(path.join(dataDirectory, "token-keys"), "utf8").catch(() => "")).trim();
}

function formatOf(text: string | undefined) {
  const format = formats.find((each) => each === text);
  if (text !== undefined && !format) throw new ConfigError(`--format is ${formats.join(" or ")}, not "${text}".`);
  return format;
}

function fileAt({ calledFrom }: SiteConfig, file: string): string {
  return path.resolve(calledFrom, file);
}
