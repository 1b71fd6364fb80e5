/** The whole product on one machine: site, functions, their clock, database and mailbox, in this process. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { type NetlifyRules, readNetlifyRules } from "../build/netlify-rules.ts";
import { openDatabase } from "../functions/lib/store/database.ts";
import { openEmbedded } from "../functions/lib/store/embedded.ts";
import { migrate } from "../functions/lib/store/migrate.ts";
import { provideEnvironment, type SiteConfig } from "../site/config.ts";
import { type DataDirectory, holdDataDirectory } from "./data-directory.ts";
import { type FunctionsHost, noFunctions } from "./functions-host.ts";
import { type Mailbox, openMailbox } from "./mailbox.ts";
import { renewableModules } from "./modules.ts";
import { runSchedules } from "./schedule.ts";
import { type Served, serve } from "./server.ts";
import { type Change, watchSources } from "./watch.ts";

export interface Rehearsal {
  readonly url: string;
  /** Where the data lies, in words. */
  readonly database: string;
  /** Address of the mailbox; absent when mail goes to the server that the environment names. */
  readonly mailbox: string | undefined;
  /** Stops everything; what was acknowledged is on the disk. */
  close(): Promise<void>;
}

/** Says one thing to the person at the terminal. */
type Say = (line: string) => void;
type Closers = (() => unknown)[];

/** @throws {DataDirectoryTaken}, and what listening and opening the database throw; nothing stays open then. */
export async function startRehearsal(config: SiteConfig, say: Say): Promise<Rehearsal> {
  const closers: Closers = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const data = await holdDataDirectory(config.dataDirectory);
    closers.push(data.release);
    return { ...(await bringUp(config, data, closers, say)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function bringUp(
  config: SiteConfig,
  data: DataDirectory,
  closers: Closers,
  say: Say,
): Promise<Omit<Rehearsal, "close">> {
  const { root, host, port } = config;
  const url = `http://localhost:${port}`;
  const site = new LocalSite(root, data.path, url);
  const [state, report] = await Promise.all([openState(config, data, closers), site.build()]);
  if (report) say(`\n${report}\n`);
  const served: Served = {
    functions: await site.functions(),
    rules: await site.rules(),
    mailbox: state.mailbox,
    report,
  };
  const server = await serve(path.relative(root, site.folder), served, host, port);
  closers.push(server.close);
  const onChange = async ({ files, isCode }: Change) => {
    const started = performance.now();
    const manifest = await site.manifest();
    if (isCode) site.renewCode();
    const problems = await site.build();
    if (problems) return say(`\n${problems}\n`);
    if (isCode || manifest !== (await site.manifest())) {
      site.renewCode();
      served.functions = await site.functions();
    }
    Object.assign(served, { report: undefined, rules: await site.rules() });
    server.reload();
    say(
      `${files.length === 1 ? files[0] : `${files.length} files`}: rebuilt in ${Math.round(performance.now() - started)} ms`,
    );
  };
  closers.push(
    await watchSources(root, (change) =>
      onChange(change).catch((error: Error) => say(`\n${error.stack ?? error.message}\n`)),
    ),
  );
  closers.push(runSchedules(served.rules.schedules, (name) => served.functions.runScheduled(name)));
  return { url, database: state.database, mailbox: state.mailbox && `${url}/__mail/` };
}

/** The site as built for this machine, with the code as it is on disk. */
class LocalSite {
  readonly folder: string;
  readonly #root: string;
  readonly #url: string;
  readonly #manifest: string;
  readonly renewCode: () => void;

  constructor(root: string, dataDirectory: string, url: string) {
    this.#root = root;
    this.#url = url;
    this.folder = path.join(dataDirectory, "site");
    this.#manifest = path.join(dataDirectory, "site-manifest.json");
    this.renewCode = renewableModules(root, { "#site": this.#manifest }).renew;
  }

  /** Gives the report of the author's mistakes or of a failing template; nothing when all is well. */
  async build(): Promise<string | undefined> {
    try {
      const { buildSite } = await import("../build/site.ts");
      await buildSite({
        root: this.#root,
        output: this.folder,
        manifest: this.#manifest,
        siteUrl: this.#url,
        isPreview: true,
      });
      return undefined;
    } catch (error) {
      const { name, message, stack } = error as Error;
      // By name: after an edit of code the class is another one.
      return name === "ContentError" ? message : (stack ?? message);
    }
  }

  manifest(): Promise<string> {
    return readFile(this.#manifest, "utf8").catch(() => "");
  }

  /** None before the first good build: functions answer in the site's own pages. */
  async functions(): Promise<FunctionsHost> {
    if (!(await this.manifest())) return noFunctions;
    const { loadFunctions } = await import("./functions-host.ts");
    return loadFunctions(this.#root);
  }

  async rules(): Promise<NetlifyRules> {
    const built = (name: string) => readFile(path.join(this.folder, name), "utf8").catch(() => "");
    return readNetlifyRules(this.#root, { headers: await built("_headers"), redirects: await built("_redirects") });
  }
}

/** Database and mail server, the environment's or our own, and with them the functions' environment. */
async function openState(
  config: SiteConfig,
  data: DataDirectory,
  closers: Closers,
): Promise<{ readonly database: string; readonly mailbox: Mailbox | undefined }> {
  const { databaseUrl, smtpUrl, root, port } = config;
  const mailbox = smtpUrl ? undefined : await openMailbox(path.join(data.path, "mail"));
  if (mailbox) closers.push(mailbox.close);
  const folder = path.join(data.path, "database");
  const embedded = databaseUrl ? undefined : await openEmbedded({ folder });
  if (embedded) closers.push(embedded.close);
  provideEnvironment({
    DATABASE_URL: databaseUrl ?? embedded?.url ?? "",
    SMTP_URL: smtpUrl ?? mailbox?.url ?? "",
    MAIL_FROM: "Exactly Once <blog@example.com>",
    CONTACT_TO: "owner@example.com",
    TOKEN_KEYS: data.tokenKeys,
    SITE_URL: `http://localhost:${port}`,
    CONTEXT: "dev",
  });
  await migrateDatabase(root, databaseUrl ?? embedded?.url ?? "");
  return { database: databaseUrl ? new URL(databaseUrl).host : `embedded, in ${path.relative(root, folder)}`, mailbox };
}

async function migrateDatabase(root: string, url: string): Promise<void> {
  const database = openDatabase(url);
  try {
    await migrate(database, path.join(root, "netlify/database/migrations"));
  } finally {
    await database.close();
  }
}
