/** The mail that brings a contact message to the owner; a reply to it goes to the sender. */
import { html } from "../../../site/html.ts";
import { mailPage } from "../mail/mail-page.ts";
import { type Mail, messageIdOf } from "../mail/mailer.ts";
import type { Services } from "../services.ts";
import type { StoredMessage } from "../store/messages.ts";

/** Stands first in a mail that goes without the database. */
export const onlyRecord =
  "The database could not take this message when it came: this mail may be its only record. Please keep it.";

/**
 * The sender's address is in Reply-To only as an address object; the mail itself comes from our own. The same message has
 * the same Message-ID however often it is sent.
 */
export function noticeMail({ config, site }: Services, message: StoredMessage, notice?: string): Mail {
  const { id, name, email, body, flags, receivedAt } = message;
  const title = `${name} wrote on ${site.site.title}`;
  const from = `${name} <${email}>`;
  const signs = flags.length > 0 && `Signs of junk: ${flags.join(", ")}`;
  const when = `Received ${receivedAt.toISOString()} (UTC), message ${id}`;
  const first = [...(notice ? [notice, ""] : []), from, ...(signs ? [signs] : [])];
  return {
    messageId: messageIdOf(id, config.mailFrom),
    to: config.contactTo,
    replyTo: { address: email, name },
    contactId: id,
    subject: title,
    text: [...first, "", body, "", "-- ", when, ""].join("\n"),
    html: mailPage({
      language: site.site.language,
      title,
      body: html`${notice && html`<p>${notice}</p>\n`}<p><strong>${from}</strong></p>
${signs && html`<p>${signs}</p>\n`}<p style="white-space: pre-wrap">${body}</p>
<hr>
<p><small>${when}</small></p>`,
    }),
  };
}
