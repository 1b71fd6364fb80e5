/** `npm run newsletter`: how the newsletter is doing, and what its owner decides. In the configured database or that of `npm start`. */
import path from "node:path";
import { parseArgs } from "node:util";
import { findBuiltMail, sampleLetter, writeMailParts } from "../dev/built-mail.ts";
import { localRelay, openProjectDatabase } from "../dev/project-database.ts";
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
import { compose, domainOf } from "../functions/lib/newsletter/letter.ts";
import { type Database, DatabaseDown } from "../functions/lib/store/database.ts";
import { loadEnvironmentFile, readSiteConfig, type SiteConfig } from "../site/config.ts";
import { explain } from "./terminal.ts";

const usage = `npm run newsletter -- [status] [--json]
npm run newsletter -- preview POST                       the mail of a post, as files to open
npm run newsletter -- test POST --to ADDRESS             one mail of it to one address
npm run newsletter -- approve KEY                        send an issue that is held
npm run newsletter -- hold KEY                           keep one from being sent
npm run newsletter -- resolve KEY [--sent | --resend]    settle mails of unknown fate
npm run newsletter -- pause | resume
POST is a slug or an address, KEY an issue's key as status shows it.`;

const options = {
  json: { type: "boolean", default: false },
  resend: { type: "boolean", default: false },
  sent: { type: "boolean", default: false },
  to: { type: "string" },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const root = path.resolve(import.meta.dirname, "..");
  loadEnvironmentFile(root);
  const config = readSiteConfig(root);
  const [command = "status", subject = ""] = positionals;
  if (command === "preview") console.log(await preview(config, subject));
  else if (command === "test") console.log(await sendTest(config, subject, values.to));
  else console.log(await inDatabase(config, (database) => perform(database, command, subject, values)));
} catch (error) {
  console.error(reason(error));
  process.exitCode = 1;
}

async function inDatabase(config: SiteConfig, work: (database: Database) => Promise<string>): Promise<string> {
  const { database, close } = await openProjectDatabase(config);
  try {
    return await work(database);
  } finally {
    await close();
  }
}

function perform(database: Database, command: string, key: string, { json, sent, resend }: Values): Promise<string> {
  if (command === "status") return status(database, { json, epoch: inspectConfig().config.sendEpoch });
  if (command === "pause") return pauseAll(database);
  if (command === "resume") return resumeAll(database);
  if (!/^(?:approve|hold|resolve)$/.test(command))
    throw new NewsletterError(`There is no command "${command}".\n${usage}`);
  if (key === "") throw new NewsletterError(`Name the issue by its key.\n${usage}`);
  if (command === "approve") return approve(database, key);
  return command === "hold" ? hold(database, key) : resolve(database, { key, sent, resend });
}

async function preview(config: SiteConfig, post: string): Promise<string> {
  const files = await writeMailParts(await builtMail(config, post));
  return files.join("\n");
}

async function builtMail({ root, dataDirectory }: SiteConfig, post: string) {
  const found = await findBuiltMail([path.join(root, "_site"), path.join(dataDirectory, "site")], post);
  if (found) return found;
  throw new NewsletterError(`No built site has a mail about "${post}". Build it first: npm run build, or npm start.`);
}

/** Through the configured relay, or the mailbox of `npm start`. */
async function sendTest(site: SiteConfig, post: string, to: string | undefined): Promise<string> {
  const address = parseAddress(to ?? "");
  if (!address) throw new NewsletterError(`Say to whom: test ${post || "POST"} --to name@example.com`);
  const { mail } = await builtMail(site, post);
  const { smtpUrl = await localRelay(site), mailFrom = address } = inspectConfig().config;
  if (!smtpUrl)
    throw new NewsletterError(
      "There is no relay: set SMTP_URL, in .env or before the command, or run npm start first.",
    );
  const letter = sampleLetter(mail);
  const sender = { mailFrom, siteUrl: new URL(mail.url).origin };
  const messageId = `${crypto.randomUUID()}@${domainOf(mailFrom)}`;
  const message = await compose(
    sender,
    { ...letter, subject: `[Test] ${letter.subject}` },
    { to: address.address, messageId },
  );
  const relay = await openRelay({ smtpUrl }, Number.POSITIVE_INFINITY);
  const outcome = await relay.send({ from: mailFrom.address, to: address.address }, message, async () => true);
  await relay.quit();
  if (outcome.kind === "sent") return `Sent to ${address.address}.`;
  throw new NewsletterError(`Not sent: ${"code" in outcome ? outcome.code : outcome.kind}`);
}

function reason(error: unknown): string {
  if (error instanceof NewsletterError) return error.message;
  if (error instanceof DatabaseDown) return "The database does not answer. npm run doctor says more.";
  if (error instanceof RelayDown)
    return `The relay does not answer, or refuses the login (${error.code}). npm run doctor says more.`;
  if (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")) {
    return `${error.message}\n${usage}`;
  }
  return explain(error);
}
