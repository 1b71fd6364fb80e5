/** What `npm run newsletter` does in the database: each command takes it and gives the text to print. */
import type { Database } from "../store/database.ts";
import { resolveUnknown, unknownDeliveries } from "../store/deliveries.ts";
import { findIssue } from "../store/issue-books.ts";
import { decide } from "../store/issues.ts";
import { pause, resume } from "../store/site-state.ts";
import { booksAsJson, describeBooks, mask, openBooks } from "./books.ts";

/** A wish that cannot be fulfilled; the message says why, in words for the person at the terminal. */
export class NewsletterError extends Error {
  override readonly name = "NewsletterError";
}

export interface StatusWish {
  readonly json: boolean;
  /** Of the environment, if it has one. */
  readonly epoch: string | undefined;
}

/** The books of every issue, and every mail of unknown fate. */
export async function status({ run }: Database, { json, epoch }: StatusWish): Promise<string> {
  const books = await run(openBooks);
  return json ? JSON.stringify(booksAsJson(books), undefined, 2) : describeBooks(books, epoch).trimEnd();
}

/** Sends an issue that is held, or cools down, with the next sweep. */
export async function approve({ run }: Database, key: string): Promise<string> {
  if (await run((sql) => decide(sql, key, "approve"))) return `${key} is sent with the next sweep.`;
  throw await impossible(run, key, "approved");
}

/** Keeps an issue from being sent, until it is approved. */
export async function hold({ run }: Database, key: string): Promise<string> {
  if (await run((sql) => decide(sql, key, "hold")))
    return `${key} is held. Send it: npm run newsletter -- approve ${key}`;
  throw await impossible(run, key, "held");
}

async function impossible(run: Database["run"], key: string, what: string): Promise<NewsletterError> {
  const issue = await run((sql) => findIssue(sql, key));
  if (!issue) return new NewsletterError(`There is no issue "${key}". npm run newsletter lists them by their keys.`);
  const hint = issue.state === "sending" ? " To stop all sending: npm run newsletter -- pause" : "";
  return new NewsletterError(`${key} cannot be ${what}: it is ${issue.state}.${hint}`);
}

export interface Resolution {
  readonly key: string;
  readonly sent: boolean;
  readonly resend: boolean;
}

/** Settles every mail of unknown fate of an issue; without a verdict it lists them. */
export async function resolve({ run }: Database, { key, sent, resend }: Resolution): Promise<string> {
  const issue = await run((sql) => findIssue(sql, key));
  if (!issue) throw new NewsletterError(`There is no issue "${key}". npm run newsletter lists them by their keys.`);
  if (sent && resend) throw new NewsletterError("Give --sent or --resend, not both.");
  if (!sent && !resend) {
    const unknown = (await run(unknownDeliveries)).filter(({ issueId }) => issueId === issue.id);
    const lines = unknown.map(
      ({ email, since, messageId }) => `  ${mask(email)}  since ${since.toISOString()}  ${messageId}\n`,
    );
    if (lines.length === 0) return `${key} has no mail of unknown fate.`;
    throw new NewsletterError(
      `Of unknown fate in ${key}:\n${lines.join("")}Look for the Message-IDs in your relay's log. Add --sent if they arrived, --resend to send them again.`,
    );
  }
  const count = await run((sql) => resolveUnknown(sql, issue.id, sent ? "sent" : "resend"));
  const mails = count === 1 ? "1 mail" : `${count} mails`;
  return sent ? `${mails} counted as sent.` : `${mails} will be sent again with the next sweep.`;
}

export async function pauseAll({ run }: Database): Promise<string> {
  if (await run(pause)) return "Paused: no mail is begun any more. Go on: npm run newsletter -- resume";
  throw new NewsletterError("There is nothing to pause: the newsletter has not begun.");
}

export async function resumeAll({ transaction }: Database): Promise<string> {
  if (await transaction(resume)) return "The newsletter goes on with the next sweep.";
  throw new NewsletterError("There is nothing to resume: the newsletter has not begun.");
}
