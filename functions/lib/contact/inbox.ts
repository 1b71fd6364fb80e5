/** What `npm run inbox` does: each command takes the database and gives the text to print. */
import type { Database } from "../store/database.ts";
import {
  eraseMessage,
  findById,
  findMessages,
  type InboxMessage,
  type MessageState,
  markMessage,
  messageStates,
  type Wanted,
} from "../store/inbox.ts";
import { forPrograms, type ListStyle, listLine, safeJson, wholeText } from "./inbox-text.ts";

/** A wish that cannot be fulfilled; the message says why, in words for the person at the terminal. */
export class InboxError extends Error {
  override readonly name = "InboxError";
}

export interface Listing extends Omit<Wanted, "state"> {
  readonly state?: string | undefined;
  readonly json: boolean;
  readonly style: ListStyle;
}

export async function list({ run }: Database, { json, style, state, ...wanted }: Listing): Promise<string> {
  const known = state === undefined ? undefined : stateOf(state);
  const messages = await run((sql) => findMessages(sql, { ...wanted, state: known }));
  if (json) return safeJson(messages.map(forPrograms));
  if (messages.length === 0) return "No messages.";
  return messages.map((message) => listLine(message, style)).join("\n");
}

export async function show(database: Database, beginning: string, json: boolean): Promise<string> {
  const message = await only(database, beginning);
  return json ? safeJson(forPrograms(message)) : wholeText(message);
}

export async function mark(database: Database, state: string, beginnings: readonly string[]): Promise<string> {
  const known = stateOf(state);
  const messages = await all(database, beginnings);
  for (const { id } of messages) await database.run((sql) => markMessage(sql, id, known));
  return `${counted(messages.length)} marked ${known}.`;
}

/** Everything that is kept, of everybody or of one address: what a person may ask for. */
export async function exportAll({ run }: Database, email: string | undefined): Promise<string> {
  const messages = await run((sql) => findMessages(sql, { email }));
  return safeJson(messages.map(forPrograms));
}

export interface Erasure {
  readonly beginnings: readonly string[];
  readonly email: string | undefined;
  /** Otherwise it only says what it would do. */
  readonly isMeant: boolean;
}

export async function erase(database: Database, { beginnings, email, isMeant }: Erasure): Promise<string> {
  if ((email === undefined) === (beginnings.length === 0)) throw new InboxError("Give ids, or an address by --email.");
  const messages =
    email === undefined ? await all(database, beginnings) : await database.run((sql) => findMessages(sql, { email }));
  if (!isMeant) {
    const ids = messages.map(({ id }) => `  ${id}\n`).join("");
    throw new InboxError(
      `This would erase ${counted(messages.length)}:\n${ids}Nobody can bring them back. Add --yes if you mean it.`,
    );
  }
  for (const { id } of messages) await database.run((sql) => eraseMessage(sql, id));
  return `${counted(messages.length)} erased here. The mails about them are in your mailbox: erase them there.`;
}

async function all(database: Database, beginnings: readonly string[]): Promise<readonly InboxMessage[]> {
  if (beginnings.length === 0) throw new InboxError("Give the id of a message, or its beginning.");
  return Promise.all(beginnings.map((beginning) => only(database, beginning)));
}

async function only({ run }: Database, beginning: string): Promise<InboxMessage> {
  if (!/^[\da-f-]{4,36}$/i.test(beginning)) throw new InboxError(`"${beginning}" is no id, nor four letters of one.`);
  const [message, another] = await run((sql) => findById(sql, beginning));
  if (!message) throw new InboxError(`There is no message ${beginning}.`);
  if (another) throw new InboxError(`More than one message begins with ${beginning}: give more of the id.`);
  return message;
}

function stateOf(text: string): MessageState {
  const known = messageStates.find((each) => each === text);
  if (!known) throw new InboxError(`A message can be ${messageStates.join(", ")}; not "${text}".`);
  return known;
}

function counted(n: number): string {
  return n === 1 ? "1 message" : `${n} messages`;
}
