/** The mail that brings a contact message to the owner; a reply to it goes to the sender. */
import { html } from "../../../site/html.ts";
import { mailPage } from "../mail/mail-page.ts";
import type { Mail } from "../mail/mailer.ts";
import type { Services } from "../services.ts";
import type { StoredMessage } from "../store/messages.ts";

/** The sender's address is in Reply-To only as an address object; the mail itself comes from our own. */
export function noticeMail({ config, site }: Services, message: StoredMessage, messageId: string): Mail {
  const { name, email, body, flags, receivedAt } = message;
  const title = `${name} wrote on ${site.site.title}`;
  const from = `${name} <${email}>`;
  const signs = flags.length > 0 && `Signs of junk: ${flags.join(", ")}`;
  const when = `Received ${receivedAt.toISOString()} (UTC), message ${message.id}`;
  return {
    messageId,
    to: config.contactTo,
    replyTo: { address: email, name },
    subject: title,
    text: [from, ...(signs ? [signs] : []), "", body, "", "-- ", when, ""].join("\n"),
    html: mailPage({
      language: site.site.language,
      title,
      body: html`<p><strong>${from}</strong></p>
${signs && html`<p>${signs}</p>\n`}<p style="white-space: pre-wrap">${body}</p>
<hr>
<p><small>${when}</small></p>`,
    }),
  };
}
