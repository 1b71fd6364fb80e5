/** The mails about a subscription itself. None brings anything but the answer to what somebody asked for. */
import { type Html, html } from "../../../site/html.ts";
import { limits } from "../limits.ts";
import type { Address } from "../mail/address.ts";
import { mailPage } from "../mail/mail-page.ts";
import type { Mail } from "../mail/mailer.ts";
import type { Services } from "../services.ts";
import type { AddressLink } from "../store/address-change.ts";
import type { Confirmation } from "../store/consent.ts";
import { addressToken, confirmToken, subscriberToken } from "./tokens.ts";

interface Envelope {
  readonly to: Address;
  readonly messageId: string;
}

/** Asks whether a sign-up was meant. */
export function confirmMail(
  services: Services,
  { link, ...envelope }: Envelope & { readonly link: Confirmation },
): Mail {
  const { site, siteUrl, keys } = services;
  const title = `Confirm your subscription to ${site.site.title}`;
  return mailOf(services, envelope, {
    title,
    before: `Somebody, probably you, asked for the newsletter of ${site.site.title} at this address.`,
    request: "To confirm, open this page and press its button:",
    url: `${siteUrl}/newsletter/confirm?token=${confirmToken(keys, link)}`,
    label: "Confirm the subscription",
    after: `The link works for ${limits.confirmLinkDays} days. If this was not you, do nothing: no newsletter will come.`,
  });
}

/** Asks at a new address. */
export function addressMail(
  services: Services,
  { link, ...envelope }: Envelope & { readonly link: AddressLink },
): Mail {
  const { site, siteUrl, keys } = services;
  return mailOf(services, envelope, {
    title: `Confirm your new address for ${site.site.title}`,
    before: `A subscriber to the newsletter of ${site.site.title}, probably you, wants to get it at this address.`,
    request: "To confirm, open this page and press its button:",
    url: `${siteUrl}/newsletter/confirm?token=${addressToken(keys, link)}`,
    label: "Confirm the address",
    after: `The link works for ${limits.confirmLinkDays} days. If this was not you, do nothing: no newsletter will come.`,
  });
}

/** To whoever signs up again: the page that they were shown says nothing of it, for it would say it to anybody. */
export function subscribedMail(services: Services, { id, ...envelope }: Envelope & { readonly id: string }): Mail {
  const { site, siteUrl, keys } = services;
  return mailOf(services, envelope, {
    title: `You are already subscribed to ${site.site.title}`,
    before: `Somebody, probably you, asked for the newsletter of ${site.site.title} at this address, which gets it already. Nothing was changed.`,
    request: "What you get, and how often, you can see and change here:",
    url: `${siteUrl}/newsletter/preferences?token=${subscriberToken(keys, "preferences", id)}`,
    label: "See your subscription",
    after: `Such a mail comes at most once in ${limits.signUpMailKeepDays} days.`,
  });
}

interface Words {
  readonly title: string;
  readonly before: string;
  readonly request: string;
  readonly url: string;
  readonly label: string;
  readonly after: string;
}

function mailOf({ site }: Services, { to, messageId }: Envelope, words: Words): Mail {
  const { title, before, request, url, after } = words;
  return {
    messageId,
    to,
    subject: title,
    text: `${before}\n\n${request}\n${url}\n\n${after}\n`,
    html: mailPage({ language: site.site.language, title, body: bodyOf(words) }),
  };
}

function bodyOf({ before, request, url, label, after }: Words): Html {
  return html`<p>${before}</p>
<p>${request}<br><a href="${url}">${label}</a></p>
<p>${after}</p>`;
}
