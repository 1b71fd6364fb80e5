/** Writes the mail of an outbox entry from the row, or the rows, that it tells of. */
import { noticeMail } from "../contact/notice-mail.ts";
import { summaryMail } from "../contact/summary-mail.ts";
import { limits } from "../limits.ts";
import type { Mail } from "../mail/mailer.ts";
import { addressMail, confirmMail, subscribedMail } from "../newsletter/mails.ts";
import type { Services } from "../services.ts";
import { findAddressChange } from "../store/address-change.ts";
import { findMessage } from "../store/messages.ts";
import type { Claim } from "../store/outbox.ts";
import { findSubscriber } from "../store/subscribers.ts";
import { type SummaryKind, takeUntold } from "../store/summaries.ts";

/** Absent when there is no reason for it any more: the row is erased, the subscription confirmed. */
export async function composeMail(services: Services, claim: Claim): Promise<Mail | undefined> {
  if (claim.kind === "contact") return composeNotice(services, claim);
  if (claim.kind === "confirm") return composeConfirm(services, claim);
  if (claim.kind === "subscribed") return composeSubscribed(services, claim);
  if (claim.kind === "address") return composeAddress(services, claim);
  return composeSummary(services, claim, claim.kind);
}

async function composeNotice(services: Services, { contactMessageId }: Claim): Promise<Mail | undefined> {
  const message = contactMessageId && (await services.database.run((sql) => findMessage(sql, contactMessageId)));
  return message ? noticeMail(services, message) : undefined;
}

async function composeSummary(services: Services, { id, messageId }: Claim, kind: SummaryKind) {
  const untold = await services.database.transaction((sql) => takeUntold(sql, kind, id));
  return untold.total > 0 ? summaryMail(services, { ...untold, kind, messageId }) : undefined;
}

async function composeConfirm(services: Services, claim: Claim): Promise<Mail | undefined> {
  const { subscriberId, messageId } = claim;
  const found = subscriberId ? await services.database.run((sql) => findSubscriber(sql, subscriberId)) : undefined;
  if (!found?.email || found.status === "confirmed") return undefined;
  const link = { subscriberId: found.id, consentNo: found.consentNo, expiresAt: linkEnd(claim) };
  return confirmMail(services, { to: { address: found.email }, link, messageId });
}

async function composeSubscribed(services: Services, { subscriberId, messageId }: Claim): Promise<Mail | undefined> {
  const found = subscriberId ? await services.database.run((sql) => findSubscriber(sql, subscriberId)) : undefined;
  if (!found?.email || found.status !== "confirmed") return undefined;
  return subscribedMail(services, { to: { address: found.email }, id: found.id, messageId });
}

async function composeAddress(services: Services, claim: Claim): Promise<Mail | undefined> {
  const { subscriberId, messageId } = claim;
  const change = subscriberId ? await services.database.run((sql) => findAddressChange(sql, subscriberId)) : undefined;
  if (!subscriberId || !change) return undefined;
  const link = { subscriberId, changeId: change.changeId, expiresAt: linkEnd(claim) };
  return addressMail(services, { to: { address: change.email }, link, messageId });
}

/** Counted from when the mail was due: the same at every try. Seconds since 1970, UTC. */
function linkEnd({ createdAt }: Claim): number {
  return Math.floor(createdAt) + limits.confirmLinkDays * 86_400;
}
