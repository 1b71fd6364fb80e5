/** Sends one mail through the relay of `SMTP_URL`. */
import type { Html } from "../../../site/html.ts";
import type { Config } from "../config.ts";
import { limits } from "../limits.ts";
import type { Address } from "./address.ts";

export interface Mail {
  /** Without angle brackets; the same at every try, so that a receiver can recognise a copy. */
  readonly messageId: string;
  readonly to: Address;
  readonly replyTo?: Address;
  /** Of the contact message that the mail brings, for X-Contact-Id. Ours, never made of input. */
  readonly contactId?: string;
  readonly subject: string;
  readonly text: string;
  readonly html: Html;
}

export interface Mailer {
  /** Resolves once the relay has taken the mail. Rejects with nodemailer's error, whose message may quote addresses. */
  send(mail: Mail): Promise<void>;
}

/** Each mail has its own connection; files and addresses of the web are never read. TLS is a must where a login is sent. */
export function smtpMailer({ smtpUrl, mailFrom }: Pick<Config, "smtpUrl" | "mailFrom">): Mailer {
  return {
    async send({ messageId, to, replyTo, contactId, subject, text, html }) {
      // Only a call that sends pays for loading it.
      const { createTransport } = await import("nodemailer");
      const transport = createTransport(relayOptions(smtpUrl));
      await transport.sendMail({
        envelope: { from: mailFrom.address, to: [to.address] },
        from: mailbox(mailFrom),
        to: mailbox(to),
        ...(replyTo && { replyTo: mailbox(replyTo) }),
        subject,
        text,
        html: html.markup,
        messageId: `<${messageId}>`,
        headers: { "Auto-Submitted": "auto-generated", ...(contactId && { "X-Contact-Id": contactId }) },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    },
  };
}

/** How nodemailer speaks to the relay: never a login in the clear, except to this machine, and never without end. */
export function relayOptions(smtpUrl: string) {
  const { username, hostname } = new URL(smtpUrl);
  return {
    url: smtpUrl,
    requireTLS: username !== "" && !isThisMachine(hostname),
    connectionTimeout: limits.mailConnectMs,
    greetingTimeout: limits.mailConnectMs,
    dnsTimeout: limits.mailConnectMs,
    socketTimeout: limits.mailSilenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** `hostname` as the URL standard writes it. */
export function isThisMachine(hostname: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

function mailbox({ name = "", address }: Address): { name: string; address: string } {
  return { name, address };
}

/** A Message-ID without angle brackets, unique as `id` is, under the sender's domain. @see RFC 5322 §3.6.4 */
export function messageIdOf(id: string, from: Address): string {
  return `${id}@${from.address.slice(from.address.lastIndexOf("@") + 1)}`;
}
