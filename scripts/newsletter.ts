/** `npm run newsletter`: how the newsletter is doing, and what its owner decides. In the configured database or that of `npm start`. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { previewMail } from "../build/mail-preview.ts";
import { findBuiltMail } from "../dev/built-mail.ts";
import { localRelay, openProjectDatabase } from "../dev/project-database.ts";
import { exportList, importList } from "../dev/subscriber-lists.ts";
import { inspectConfig } from "../functions/lib/config.ts";
import { parseAddress } from "../functions/lib/mail/address.ts";
import { openRelay, RelayDown } from "../functions/lib/mail/relay.ts";
import {
  approve,
  hold,
  NewsletterError,
  pauseAll,
  resolve,
  resumeAll,
  status,
} from "../functions/lib/newsletter/commands.ts";
import { ImportError } from "../functions/lib/newsletter/import-export.ts";
import { compose, domainOf } from "../functions/lib/newsletter/letter.ts";
import { type Database, DatabaseDown } from "../functions/lib/store/database.ts";
import { loadEnvironmentFile, readSiteConfig, type SiteConfig } from "../site/config.ts";
import { formatReport } from "../site/content/problem.ts";
import { fillMail } from "../site/publish/article-mail.ts";
import { explain, openForPerson } from "./terminal.ts";

const usage = `npm run newsletter -- [status] [--json]
npm run newsletter -- preview POST                       opens the mail of a post, drafts too, and its text
npm run newsletter -- test POST --to ADDRESS             one mail of a built post to one address
npm run newsletter -- approve KEY                        send an issue that is held
npm run newsletter -- hold KEY                           keep one from being sent
npm run newsletter -- resolve KEY [--sent | --resend]    settle mails of unknown fate
npm run newsletter -- pause | resume
npm run newsletter -- import FILE [--format csv|ndjson] [--ask]
npm run newsletter -- export [FILE] [--format csv|ndjson]
--ask also takes addresses without a proof of consent, as not confirmed, and asks each by mail.
POST is a slug or an address, KEY an issue's key as status shows it.`;

const options = {
  ask: { type: "boolean", default: false },
  format: { type: "string" },
  json: { type: "boolean", default: false },
  resend: { type: "boolean", default: false },
  sent: { type: "boolean", default: false },
  to: { type: "string" },
} as const;

interface Call {
  readonly site: SiteConfig;
  /** The post, the issue or the file that the command is about; empty when none was named. */
  readonly subject: string;
  readonly values: ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];
}

type Command = (call: Call) => Promise<string>;

/** By name; each gives what it has to say. */
const commands: Readonly<Record<string, Command>> = {
  status: inDatabase((database, { values: { json } }) =>
    status(database, { json, epoch: inspectConfig().config.sendEpoch }),
  ),
  approve: inDatabase((database, call) => approve(database, keyIn(call))),
  hold: inDatabase((database, call) => hold(database, keyIn(call))),
  resolve: inDatabase((database, call) => resolve(database, { key: keyIn(call), ...call.values })),
  pause: inDatabase(pauseAll),
  resume: inDatabase(resumeAll),
  import: inDatabase((database, { site, subject: file, values: { ask, format } }) => {
    if (file === "") throw new NewsletterError(`Which file?\n${usage}`);
    return importList({ site, database, file, format }, ask);
  }),
  export: inDatabase((database, { site, subject: file, values: { format } }) =>
    exportList({ site, database, file, format }),
  ),
  preview,
  test: sendTest,
};

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [name = "status", subject = ""] = positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new NewsletterError(`There is no command "${name}".\n${usage}`);
  const root = path.resolve(import.meta.dirname, "..");
  loadEnvironmentFile(root);
  console.log(await command({ site: readSiteConfig(root), subject, values }));
} catch (error) {
  console.error(reason(error));
  process.exitCode = 1;
}

function inDatabase(work: (database: Database, call: Call) => Promise<string>): Command {
  return async (call) => {
    const { database, close } = await openProjectDatabase(call.site);
    try {
      return await work(database, call);
    } finally {
      await close();
    }
  };
}

function keyIn({ subject }: Call): string {
  if (subject === "") throw new NewsletterError(`Name the issue by its key.\n${usage}`);
  return subject;
}

async function preview({ site: { root }, subject }: Call): Promise<string> {
  const output = await mkdtemp(path.join(tmpdir(), "firstflight-mail-"));
  const made = await previewMail({ root, post: subject, output, cache: path.join(root, ".cache") });
  if (!made) throw new NewsletterError(`There is no post "${subject}": give its slug, or the path of its file.`);
  openForPerson([made.text, made.html]);
  const warnings = made.warnings.length > 0 ? `\n${formatReport(made.warnings)}` : "";
  return `${made.html}\n${made.text}\n${Math.ceil(made.bytes / 1000)} kB as it is sent.${warnings}`;
}

/** Through the configured relay, or the mailbox of `npm start`. */
async function sendTest({ site, subject: post, values: { to } }: Call): Promise<string> {
  const address = parseAddress(to ?? "");
  if (!address) throw new NewsletterError(`Say to whom: test ${post || "POST"} --to name@example.com`);
  const mail = await findBuiltMail([path.join(site.root, "_site"), path.join(site.dataDirectory, "site")], post);
  if (!mail) {
    throw new NewsletterError(`No built site has a mail about "${post}". Build it first: npm run build, or npm start.`);
  }
  const { smtpUrl = await localRelay(site), mailFrom = address } = inspectConfig().config;
  if (!smtpUrl) {
    throw new NewsletterError(
      "There is no relay: set SMTP_URL, in .env or before the command, or run npm start first.",
    );
  }
  // Nobody's own addresses: the page that says what the newsletter is.
  const page = new URL("/newsletter/", mail.url).href;
  const parts = fillMail(mail, { unsubscribe: page, preferences: page });
  const letter = { ...parts, subject: `[Test] ${mail.subject}`, unsubscribe: page };
  const messageId = `${crypto.randomUUID()}@${domainOf(mailFrom)}`;
  const sender = { mailFrom, siteUrl: new URL(mail.url).origin };
  const message = await compose(sender, letter, { to: address.address, messageId });
  const relay = await openRelay({ smtpUrl }, Number.POSITIVE_INFINITY);
  const outcome = await relay.send({ from: mailFrom.address, to: address.address }, message, async () => true);
  await relay.quit();
  if (outcome.kind === "sent") return `Sent to ${address.address}.`;
  throw new NewsletterError(`Not sent: ${"code" in outcome ? outcome.code : outcome.kind}`);
}

function reason(error: unknown): string {
  if (error instanceof NewsletterError || error instanceof ImportError) return error.message;
  if (error instanceof DatabaseDown) return "The database does not answer. npm run doctor says more.";
  if (error instanceof RelayDown) {
    return `The relay does not answer, or refuses the login (${error.code}). npm run doctor says more.`;
  }
  if (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")) {
    return `${error.message}\n${usage}`;
  }
  return explain(error);
}
