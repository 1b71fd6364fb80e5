/**
 * Takes the reports of one mail provider, Resend: a mailbox that does not exist, or whose owner called a mail junk, gets
 * none any more.
 * @see https://resend.com/docs/webhooks/emails/bounced and …/complained, …/delivered for the format
 */
import { readText } from "../http/body.ts";
import type { Call } from "../http/call.ts";
import { malformed, notFound } from "../http/problem.ts";
import { json, problemJson } from "../http/respond.ts";
import { isSigned } from "../http/webhook.ts";
import { limits } from "../limits.ts";
import { log } from "../log.ts";
import { normalAddress, parseMailbox } from "../mail/address.ts";
import type { Services } from "../services.ts";
import { endByMailbox, type MailboxEnd } from "../store/consent.ts";
import { settleDelivered } from "../store/deliveries-seen.ts";
import { consentTextVersion } from "./consent.ts";

/** As much of an event as we look at; it has more. */
interface Report {
  readonly type: string;
  /** ISO 8601. */
  readonly happenedAt: string;
  readonly to: readonly string[];
  /** As in the mail's header. Absent in reports of before 2026. */
  readonly messageId: string | undefined;
  /** Of a bounce: `Permanent` or another. */
  readonly bounceType: string | undefined;
}

/**
 * 200 for every report that is signed, also of mails and people that nobody knows here: anything else would come again and
 * again. 404 where no secret is set, 400 for what is not signed or not understood.
 */
export async function takeReport(services: Services, call: Call): Promise<Response> {
  const { mailWebhookKey } = services.config;
  if (!mailWebhookKey) return problemJson(notFound);
  const body = await readText(call.request, { maxBytes: limits.bounceBodyMaxBytes });
  if (!body.ok) return problemJson(body.problem);
  const check = { now: services.clock(), withinSeconds: limits.bounceSignatureMinutes * 60 };
  if (!isSigned({ headers: call.request.headers, body: body.value }, mailWebhookKey, check)) {
    return problemJson(malformed("The signature is missing, wrong or too old."));
  }
  const report = readReport(body.value);
  if (!report) return problemJson(malformed("This is no report of a mail."));
  await heed(services, report);
  return json(200, { status: "ok" });
}

async function heed(services: Services, report: Report): Promise<void> {
  const { type, happenedAt, to, messageId, bounceType } = report;
  // Others may yet arrive: the provider tries again, or the mailbox is full.
  const isPermanent = (bounceType ?? "Permanent") === "Permanent";
  if (type === "email.bounced" && isPermanent) return end(services, to, { what: "bounced", happenedAt });
  if (type === "email.complained") return end(services, to, { what: "complained", happenedAt });
  if (type === "email.delivered" && messageId) {
    const isNews = await services.database.run((sql) => settleDelivered(sql, messageId.replace(/^<|>$/g, "")));
    if (isNews) log("info", "unknown mail was delivered");
  }
}

/** By address, not by mail: what the report tells of is the mailbox, and a subscriber may have moved to another since. */
async function end(
  { database, keys }: Services,
  to: readonly string[],
  happened: Pick<MailboxEnd, "what" | "happenedAt">,
): Promise<void> {
  const wish = { ...happened, hash: (norm: string) => keys.hash("suppression", norm), textVersion: consentTextVersion };
  for (const each of to) {
    const address = parseMailbox(each);
    if (!address) continue;
    const subscriber = await database.transaction((sql) => endByMailbox(sql, normalAddress(address), wish));
    if (subscriber) log("info", "subscription ended by its mailbox", { subscriber, what: happened.what });
  }
}

function readReport(body: string): Report | undefined {
  const event = objectOf(parseJson(body));
  const data = objectOf(event?.["data"]);
  const [type, happenedAt] = [textOf(event?.["type"]), textOf(event?.["created_at"])];
  if (!data || !type || !happenedAt || Number.isNaN(Date.parse(happenedAt))) return undefined;
  const { to } = data;
  return {
    type,
    happenedAt: new Date(happenedAt).toISOString(),
    to: (Array.isArray(to) ? to : [to]).flatMap((each) => textOf(each) ?? []),
    messageId: textOf(data["message_id"]),
    bounceType: textOf(objectOf(data["bounce"])?.["type"]),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null ? { ...value } : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
