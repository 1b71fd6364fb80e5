/** Messages to the contact door, and what is stored of them. */
import contact from "../../../functions/contact.ts";
import { sql } from "./database.ts";
import { form, type Sent, send } from "./doors.ts";

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
