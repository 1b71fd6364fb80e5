/** One mail of an issue to one subscriber: its parts, its headers, its bytes. */
import { type ArticleMail, fillMail, type SubscriberLinks } from "../../../site/publish/article-mail.ts";
import type { Address } from "../mail/address.ts";
import type { Services } from "../services.ts";
import type { FrozenIssue } from "../store/issues.ts";
import { digestMail } from "./digest.ts";
import { subscriberToken } from "./tokens.ts";

export interface Recipient {
  readonly subscriberId: string;
  readonly address: string;
  /** None means all. */
  readonly topics: readonly string[];
}

export interface Letter {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Absolute: where one press, or a mail program's one click, ends the subscription. */
  readonly unsubscribe: string;
}

/** Absent when there is nothing in it for this subscriber. */
export function letterFor(services: Services, { kind, mail }: FrozenIssue, recipient: Recipient): Letter | undefined {
  const links = subscriberLinks(services, recipient.subscriberId);
  const parts =
    kind === "post"
      ? (mail as ArticleMail)
      : "posts" in mail && digestMail(services.site, { kind, mail, topics: recipient.topics });
  return parts ? { subject: parts.subject, ...fillMail(parts, links), unsubscribe: links.unsubscribe } : undefined;
}

function subscriberLinks({ keys, siteUrl }: Services, id: string): SubscriberLinks {
  const link = (purpose: "unsubscribe" | "preferences") =>
    `${siteUrl}/newsletter/${purpose}?token=${subscriberToken(keys, purpose, id)}`;
  return { unsubscribe: link("unsubscribe"), preferences: link("preferences") };
}

export interface Sender {
  readonly mailFrom: Address;
  /** Origin without a trailing slash. */
  readonly siteUrl: string;
}

export interface Posting {
  readonly to: string;
  /** Without angle brackets; the same at every try, so that a receiver can recognise a copy. */
  readonly messageId: string;
  /** By which the relay does; the header's name is the relay's own. */
  readonly idempotencyHeader?: string | undefined;
}

/**
 * The mail as it goes over the wire.
 * @see RFC 2369 for List-Help to List-Archive, RFC 8058 for List-Unsubscribe-Post, RFC 2919 for List-Id, RFC 3834 §5 for Auto-Submitted
 */
export async function compose({ mailFrom, siteUrl }: Sender, letter: Letter, posting: Posting): Promise<Buffer> {
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const { to, messageId, idempotencyHeader } = posting;
  const composer = new MailComposer({
    from: mailbox(mailFrom),
    to: mailbox({ address: to }),
    subject: letter.subject,
    messageId: `<${messageId}>`,
    text: letter.text,
    html: letter.html,
    headers: {
      "List-Id": `<newsletter.${domainOf(mailFrom)}>`,
      "List-Unsubscribe": { prepared: true, value: `<${letter.unsubscribe}>` },
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      "List-Help": `<${siteUrl}/newsletter/>`,
      "List-Subscribe": `<${siteUrl}/newsletter/>`,
      "List-Archive": `<${siteUrl}/posts/>`,
      Precedence: "bulk",
      "Auto-Submitted": "auto-generated",
      // The part that is ours, short enough for one line: some relays do not unfold what they look for.
      ...(idempotencyHeader && { [idempotencyHeader]: { prepared: true, value: messageId.replace(/@.*/, "") } }),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** What stands behind the @ of the sender. */
export function domainOf({ address }: Address): string {
  return address.slice(address.lastIndexOf("@") + 1);
}

function mailbox({ name = "", address }: Address): { name: string; address: string } {
  return { name, address };
}
