/**
 * Takes the reports of one mail provider, Resend: a mailbox that does not exist, or whose owner called a mail junk, gets
 * none any more.
 * @see https://resend.com/docs/webhooks/emails/bounced and …/complained, …/delivered for the format
 */
import * as v from "valibot";
import { readText } from "../http/body.ts";
import type { Call } from "../http/call.ts";
import { malformed, notFound } from "../http/problem.ts";
import { refusal } from "../http/refusal.ts";
import { json } from "../http/respond.ts";
import { isSigned } from "../http/webhook.ts";
import { limits } from "../limits.ts";
import { log } from "../log.ts";
import { normalAddress, parseMailbox } from "../mail/address.ts";
import type { Services } from "../services.ts";
import { endByMailbox, type MailboxEnd } from "../store/consent.ts";
import { settleDelivered } from "../store/deliveries-seen.ts";
import { consentTextVersion } from "./consent.ts";

/** As much of an event as we look at; it has more. */
const report = v.object({
  type: v.string(),
  created_at: v.pipe(v.string(), v.isoTimestamp()),
  data: v.object({
    to: v.optional(v.array(v.string()), []),
    message_id: v.nullish(v.string()),
    bounce: v.nullish(v.object({ type: v.nullish(v.string()) })),
  }),
});

type Report = v.InferOutput<typeof report>;

/**
 * 200 for every report that is signed, also of mails and people that nobody knows here: anything else would come again and
 * again. 404 where no secret is set, 400 for what is not signed or not understood.
 */
export async function takeReport(services: Services, call: Call): Promise<Response> {
  const { mailWebhookKey } = services.config;
  if (!mailWebhookKey) return refusal(call, notFound);
  const body = await readText(call.request, { maxBytes: limits.bounceBodyMaxBytes });
  if (!body.ok) return refusal(call, body.problem);
  const check = { now: services.clock(), withinSeconds: limits.bounceSignatureMinutes * 60 };
  if (!isSigned({ headers: call.request.headers, body: body.value }, mailWebhookKey, check)) {
    return refusal(call, malformed("The signature is missing, wrong or too old."));
  }
  const parsed = v.safeParse(report, parseJson(body.value));
  if (!parsed.success) return refusal(call, malformed("This is no report of a mail."));
  await heed(services, parsed.output);
  return json(200, { status: "ok" });
}

async function heed(services: Services, { type, created_at, data }: Report): Promise<void> {
  // Others may yet arrive: the provider tries again, or the mailbox is full.
  const isPermanent = (data.bounce?.type ?? "Permanent") === "Permanent";
  if (type === "email.bounced" && isPermanent)
    return end(services, data.to, { what: "bounced", happenedAt: created_at });
  if (type === "email.complained") return end(services, data.to, { what: "complained", happenedAt: created_at });
  if (type === "email.delivered" && data.message_id) {
    const messageId = data.message_id.replace(/^<|>$/g, "");
    const isNews = await services.database.run((sql) => settleDelivered(sql, messageId));
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
