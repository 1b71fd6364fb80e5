/** The mail that tells the owner of many messages at once: of a flood, or of the week's quarantine. */
import { html } from "../../../site/html.ts";
import { mailPage } from "../mail/mail-page.ts";
import type { Mail } from "../mail/mailer.ts";
import type { Services } from "../services.ts";
import type { StoredMessage } from "../store/messages.ts";
import type { SummaryKind, Untold } from "../store/summaries.ts";

const excerptMaxLength = 200;

export interface Summary extends Untold {
  readonly kind: SummaryKind;
  readonly messageId: string;
}

/** Names, addresses and texts are those of strangers: here they are text and nothing else. */
export function summaryMail({ config, site }: Services, { kind, messages, total, messageId }: Summary): Mail {
  const count = total === 1 ? "1 message" : `${total} messages`;
  const isQuarantine = kind === "quarantine";
  const title = `${count}${isQuarantine ? " in quarantine" : ""} on ${site.site.title}`;
  const why = isQuarantine
    ? "These messages look like junk. Please glance through them: a person may be among them."
    : "More messages came than are mailed one by one, or their mails could not be sent.";
  const more = total > messages.length && `And ${total - messages.length} more.`;
  const how = `Read one whole: npm run inbox -- show ID. See all: npm run inbox${isQuarantine ? " -- --quarantine" : ""}.`;
  const entries = messages.map(entryOf);
  return {
    messageId,
    to: config.contactTo,
    subject: title,
    text: [why, "", ...entries.flatMap(({ lines }) => [...lines, ""]), ...(more ? [more, ""] : []), how, ""].join("\n"),
    html: mailPage({
      language: site.site.language,
      title,
      body: html`<p>${why}</p>
${entries.map(({ lines: [from, ...rest] }) => html`<p><strong>${from}</strong>${rest.map((line) => html`<br>${line}`)}</p>\n`)}${
  more && html`<p>${more}</p>\n`
}<p>${how}</p>`,
    }),
  };
}

function entryOf({ id, name, email, body, flags, receivedAt }: StoredMessage): { readonly lines: readonly string[] } {
  const flat = body.replace(/\s+/g, " ");
  const excerpt = flat.length > excerptMaxLength ? `${flat.slice(0, excerptMaxLength).toWellFormed()}…` : flat;
  const signs = flags.length > 0 ? [`Signs of junk: ${flags.join(", ")}`] : [];
  return { lines: [`${name} <${email}>`, excerpt, ...signs, `${receivedAt.toISOString()} (UTC), message ${id}`] };
}
