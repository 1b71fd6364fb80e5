/** The whole product on one machine: site, functions, their clock, database and mailbox, in this process. */
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { openDatabase } from "../functions/lib/store/database.ts";
import { openEmbedded } from "../functions/lib/store/embedded.ts";
import { migrate } from "../functions/lib/store/migrate.ts";
import { overrideEnvironment, provideEnvironment, type SiteConfig } from "../site/config.ts";
import { type DataDirectory, holdDataDirectory } from "./data-directory.ts";
import { type LocalSite, localSite } from "./local-site.ts";
import { type Mailbox, openMailbox } from "./mailbox.ts";
import { tellAddress, tellRelay } from "./project-database.ts";
import { runSchedules } from "./schedule.ts";
import { type Served, serve, type WebServer } from "./server.ts";
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

const migrationWaitMs = 60_000;

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
  const site = localSite(root, data.path, url, say);
  const [state, report] = await Promise.all([openState(config, data, closers), site.build()]);
  if (report) say(`\n${report}\n`);
  const served: Served = {
    functions: await site.functions(),
    rules: await site.rules(),
    mailbox: state.mailbox,
    report,
    folder: site.folder,
  };
  const server = await serve(path.relative(root, site.folder), served, host, port);
  closers.push(server.close);
  const onChange = changes({ site, served, server, say });
  closers.push(site.stop);
  closers.push(
    await watchSources(root, (change) =>
      onChange(change).catch((error: Error) => say(`\n${error.stack ?? error.message}\n`)),
    ),
  );
  closers.push(runSchedules(served.rules.schedules, (name) => served.functions.runScheduled(name)));
  return { url, database: state.database, mailbox: state.mailbox && `${url}/__mail/` };
}

/** In which a window asks for its page and gets it. */
const loadingMs = 60;

interface Running {
  readonly site: LocalSite;
  readonly served: Served;
  readonly server: WebServer;
  readonly say: Say;
}

/** What happens on a change. An edit of one post is on its page at once, in the lists soon, and in everything else a little later. */
function changes({ site, served, server, say }: Running): (change: Change) => Promise<void> {
  const tell = (report: string) => {
    served.report = report;
    server.reload();
    say(`\n${report}\n`);
  };
  const renew = async (manifest: string, isCode: boolean) => {
    if (isCode || manifest !== (await site.manifest())) {
      site.renewCode();
      served.functions = await site.functions();
    }
    served.rules = await site.rules();
  };
  const catchUp = async () => {
    const started = performance.now();
    const manifest = await site.manifest();
    site.catchUp(async ({ report, pages }) => {
      if (report) return tell(report);
      await renew(manifest, false);
      server.reload(pages);
      say(`  everything else ${((performance.now() - started) / 1000).toFixed(1)} s later`);
    });
  };
  const show = async (file: string, said: () => void): Promise<boolean> => {
    const edit = await site.edit(file);
    if (!edit) return false;
    if (edit.report) {
      tell(edit.report);
      return true;
    }
    // While there is a report, nobody sees the page: another post may still be wrong.
    if (!served.report && edit.url) server.reload([edit.url]);
    said();
    // What follows may keep this thread busy for a moment: windows load the page before it.
    await setTimeout(loadingMs);
    const { report, pages } = await edit.rest();
    if (report) tell(report);
    else {
      const isMended = served.report !== undefined;
      served.report = undefined;
      server.reload(isMended ? undefined : pages);
      await catchUp();
    }
    return true;
  };
  return async ({ files, isCode }) => {
    const started = performance.now();
    const [file = ""] = files;
    const said = () =>
      say(
        `${files.length === 1 ? file : `${files.length} files`}: rebuilt in ${Math.round(performance.now() - started)} ms`,
      );
    await site.stop();
    if (files.length === 1 && !isCode && (await show(file, said))) return;
    const manifest = await site.manifest();
    if (isCode) site.renewCode();
    const report = await site.build();
    if (report) return tell(report);
    await renew(manifest, isCode);
    served.report = undefined;
    server.reload();
    said();
  };
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
  if (embedded) {
    closers.push(embedded.close);
    await tellAddress(data.path, embedded.url);
  }
  provideEnvironment({
    DATABASE_URL: databaseUrl ?? embedded?.url ?? "",
    SMTP_URL: smtpUrl ?? mailbox?.url ?? "",
    MAIL_FROM: "Exactly Once <blog@example.com>",
    CONTACT_TO: "owner@example.com",
    TOKEN_KEYS: data.tokenKeys,
    CONTEXT: "dev",
  });
  // Links in the mails lead here, and the sweep calls the sender here, whatever address the published site has.
  overrideEnvironment({ SITE_URL: `http://localhost:${port}` });
  // Newsletters are sent from here to the mailbox only: on a real database this machine must not pass for the real site.
  overrideEnvironment({ SEND_EPOCH: embedded && mailbox ? "laptop" : "" });
  await tellRelay(data.path, mailbox?.url ?? "");
  await migrateDatabase(root, databaseUrl ?? embedded?.url ?? "");
  return { database: databaseUrl ? new URL(databaseUrl).host : `embedded, in ${path.relative(root, folder)}`, mailbox };
}

async function migrateDatabase(root: string, url: string): Promise<void> {
  // A first start makes the database meanwhile, on a machine that may be busy.
  const database = openDatabase(url, migrationWaitMs);
  try {
    await migrate(database, path.join(root, "netlify/database/migrations"));
  } finally {
    await database.close();
  }
}
