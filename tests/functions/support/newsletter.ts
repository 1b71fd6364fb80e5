/** What a test of the newsletter begins with: an empty database, a mailbox, and a reader. */
import { parse } from "node-html-parser";
import { expect } from "vitest";
import confirm from "../../../functions/confirm.ts";
import { config } from "../../../functions/lib/config.ts";
import { type KeyRing, keyRing } from "../../../functions/lib/keys.ts";
import { subscriberToken } from "../../../functions/lib/newsletter/tokens.ts";
import subscribe from "../../../functions/subscribe.ts";
import { sql } from "./database.ts";
import { form, type Sent, send } from "./doors.ts";
import { siteUrl } from "./environment.ts";
import { startFresh } from "./fresh-start.ts";
import { neverLogged } from "./logs.ts";
import type { Mailbox } from "./mailbox.ts";

export const email = "Bea.Ray@reader.example";
const tokensSeen: string[] = [];

/** Nothing of a reader may be in the log. */
export function openNewsletter(): { readonly mailbox: Mailbox } {
  neverLogged(["bea.ray", "reader.example", "203.0.113", "198.51.", "v1.t1."]);
  neverLogged(tokensSeen);
  return startFresh();
}

export const keys = (): KeyRing => keyRing(config().tokenKeys);

/** From a network of its own, so that only what a test is about is spent. */
let networks = 0;
export function signUp(address: string = email, fields: Readonly<Record<string, string>> = {}, init: Sent = {}) {
  networks += 1;
  const ip = `198.51.${networks >> 8}.${networks & 255}`;
  return send(subscribe, "/api/subscribe", { ip, ...form({ email: address, ...fields }), ...init });
}

/** The token of the link in the last mail. */
export function mailedToken({ deliveries }: Mailbox, path = "/newsletter/confirm"): string {
  const text = deliveries.at(-1)?.mail.text ?? "";
  const link = /https?:\/\/\S+/.exec(text)?.[0] ?? "";
  expect(link.startsWith(`${siteUrl}${path}?token=`)).toBe(true);
  const token = new URL(link).searchParams.get("token") ?? "";
  tokensSeen.push(token);
  return token;
}

export const press = (token: string, headers: Readonly<Record<string, string>> = {}) =>
  send(confirm, "/newsletter/confirm", form({ token }, headers));

/** Signs up and confirms; gives the token of the preferences. */
export async function confirmed(mailbox: Mailbox, address: string = email): Promise<string> {
  await signUp(address);
  const response = await press(mailedToken(mailbox));
  const link = parse(await response.text()).querySelector('a[href^="/newsletter/preferences"]');
  return new URL(link?.getAttribute("href") ?? "", siteUrl).searchParams.get("token") ?? "";
}

export function tokenFor(purpose: "unsubscribe" | "preferences", id = "1"): string {
  return subscriberToken(keys(), purpose, id);
}

/** As if so much time had gone by since everything that people did. */
export async function later(interval: string): Promise<void> {
  for (const table of ["sign_up_mail", "consent_event", "suppression", "rate_bucket"])
    await sql`UPDATE ${sql(table)} SET at = at - ${interval}::interval`;
  await sql`UPDATE subscriber SET requested_at = requested_at - ${interval}::interval, confirmed_at = confirmed_at - ${interval}::interval`;
  await sql`UPDATE outbox SET next_at = next_at - ${interval}::interval, created_at = created_at - ${interval}::interval`;
}

export async function status(norm: string = email.toLowerCase()): Promise<unknown> {
  const [row] = await sql`SELECT status FROM subscriber WHERE email_norm = ${norm}`;
  return row?.["status"];
}

export async function events(id = "1"): Promise<unknown[]> {
  return (await sql`SELECT what FROM consent_event WHERE subscriber_id = ${id} ORDER BY id`).map((row) => row["what"]);
}

/** The button's form in a page: where it goes and what it sends, boxes to tick left out. */
export async function button(response: Response, label: RegExp) {
  const forms = parse(await response.clone().text()).querySelectorAll("form");
  const found = forms.find((each) => label.test(each.querySelector("button")?.text ?? ""));
  const inputs = found?.querySelectorAll('input[type="hidden"]') ?? [];
  const fields = inputs.map((input) => [input.getAttribute("name"), input.getAttribute("value")]);
  return {
    action: found?.getAttribute("action"),
    method: found?.getAttribute("method"),
    fields: Object.fromEntries(fields),
  };
}
