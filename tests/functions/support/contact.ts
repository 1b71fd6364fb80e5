/** What a test of the contact door begins with: an empty database, a mailbox, and a message. */
import { afterAll, beforeAll, beforeEach } from "vitest";
import contact from "../../../functions/contact.ts";
import { closeServices } from "../../../functions/lib/services.ts";
import { emptyDatabase, sql } from "./database.ts";
import { form, type Sent, send } from "./doors.ts";
import { setEnvironment } from "./environment.ts";
import { type Mailbox, openMailbox } from "./mailbox.ts";

export const message = {
  name: "Ann Lee",
  email: "ann.lee@visitor.example",
  message: "Hello,\nI liked “Quiet”. <b>é</b>\n",
};
export const path = "/api/contact";

export type Fields = Readonly<Record<string, string>>;

/** Sends the message, with other fields where they are given, as a browser's form. */
export function post(fields: Fields = {}, init: Sent = {}): Promise<Response> {
  return send(contact, path, { ...form({ ...message, ...fields }), ...init });
}

/** The same as the page's script sends it. */
export function postByScript(fields: Fields = {}, init: Sent = {}): Promise<Response> {
  return post({ times: "1764000000000,1764000060000", ...fields }, init);
}

/** The n-th of many messages, each from a network and an address of its own. */
export function postAsStranger(n: number, fields: Fields = {}): Promise<Response> {
  const stranger = { name: `Stranger ${n}`, email: `stranger-${n}@visitor.example`, message: `I am stranger ${n}.` };
  return post({ ...stranger, ...fields }, { ip: `198.51.${100 + (n >> 8)}.${n & 255}` });
}

export async function stored() {
  return sql`SELECT name, email, body, score, flags, route FROM contact_message ORDER BY received_at, name`;
}

/** A mailbox that works, and nothing in it or in the database when a test begins. */
export function openContact(): { readonly mailbox: Mailbox } {
  const opened = {} as { mailbox: Mailbox };
  beforeAll(async () => {
    opened.mailbox = await openMailbox();
  });
  beforeEach(async () => {
    opened.mailbox.deliveries.length = 0;
    opened.mailbox.refuseWith = undefined;
    await setEnvironment({ SMTP_URL: opened.mailbox.url });
    await emptyDatabase();
  });
  afterAll(async () => {
    await closeServices();
    await opened.mailbox.down();
  });
  return opened;
}
