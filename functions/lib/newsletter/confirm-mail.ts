/** The mail that asks whether a sign-up was meant. */
import { html } from "../../../site/html.ts";
import { limits } from "../limits.ts";
import type { Address } from "../mail/address.ts";
import { mailPage } from "../mail/mail-page.ts";
import type { Mail } from "../mail/mailer.ts";
import type { Services } from "../services.ts";
import type { Confirmation } from "../store/consent.ts";
import { confirmToken } from "./tokens.ts";

export interface ConfirmMail {
  readonly to: Address;
  readonly link: Confirmation;
  readonly messageId: string;
}

export function confirmMail({ site, siteUrl, keys }: Services, { to, link, messageId }: ConfirmMail): Mail {
  const title = `Confirm your subscription to ${site.site.title}`;
  const url = `${siteUrl}/newsletter/confirm?token=${confirmToken(keys, link)}`;
  const request = `Somebody, probably you, asked for the newsletter of ${site.site.title} at this address.`;
  const otherwise = `The link works for ${limits.confirmLinkDays} days. If this was not you, do nothing: no newsletter will come.`;
  return {
    messageId,
    to,
    subject: title,
    text: `${request}\n\nTo confirm, open this page and press its button:\n${url}\n\n${otherwise}\n`,
    html: mailPage({
      language: site.site.language,
      title,
      body: html`<p>${request}</p>
<p>To confirm, open this page and press its button:<br><a href="${url}">Confirm the subscription</a></p>
<p>${otherwise}</p>`,
    }),
  };
}
