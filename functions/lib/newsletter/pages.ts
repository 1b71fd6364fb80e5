/** The newsletter's own pages. Their addresses carry tokens, so no other site learns them from a referrer. */

import type { FieldProblem } from "../../../site/forms/field.ts";
import { subscribeForm } from "../../../site/forms/subscribe-form.ts";
import { type Html, html } from "../../../site/html.ts";
import { unavailable } from "../http/problem.ts";
import { page } from "../http/respond.ts";

interface NewsletterPage {
  readonly status?: number;
  readonly title: string;
  readonly main: Html;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** `no-referrer` would turn the Origin of our own forms to `null`. */
function newsletterPage({ headers, ...rest }: NewsletterPage): Response {
  return page({ ...rest, headers: { "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex", ...headers } });
}

export function signUpInvalidPage(values: { email?: string }, problems: readonly FieldProblem[]): Response {
  return newsletterPage({
    status: 422,
    title: "Error: Newsletter",
    main: html`<h1>Newsletter</h1>\n${subscribeForm({ id: "subscribe", values, problems })}`,
  });
}

export function signUpUnavailablePage(values: { email?: string }): Response {
  return newsletterPage({
    status: 503,
    title: "Error: Newsletter",
    headers: unavailable.headers,
    main: html`<h1>You could not be signed up</h1>
<p>The newsletter of this site is out of order at the moment. Please try again in a few minutes.</p>
${subscribeForm({ id: "subscribe", values })}`,
  });
}

/** 400, with a way to get a link that works. */
export function badLinkPage(): Response {
  return newsletterPage({
    status: 400,
    title: "Error: Link not valid",
    main: html`<h1>This link is not valid</h1>
<p>It is incomplete, too old, or was made invalid by an unsubscription. You can sign up here and get a new one.</p>
${subscribeForm({ id: "subscribe" })}`,
  });
}

export function askToConfirmPage(token: string): Response {
  return newsletterPage({
    title: "Confirm your subscription",
    main: html`<h1>Confirm your subscription</h1>
<p>One press, and you will get new posts by mail. You can unsubscribe with one press in each of them.</p>
${button({ action: "/newsletter/confirm", token, label: "Confirm the subscription" })}`,
  });
}

export function welcomePage(preferencesToken: string): Response {
  return newsletterPage({
    title: "Welcome",
    main: html`<h1>Welcome</h1>
<p>Your subscription is confirmed. New posts will come by mail.</p>
<p><a href="/newsletter/preferences?token=${preferencesToken}">See or end your subscription</a></p>`,
  });
}

export function askToUnsubscribePage(token: string): Response {
  return newsletterPage({
    title: "Unsubscribe",
    main: html`<h1>Unsubscribe</h1>
<p>No more mail will come after this press.</p>
${button({ action: "/newsletter/unsubscribe", token, label: "Unsubscribe" })}`,
  });
}

/** `undoToken` confirms the subscription again; absent when there is nothing to undo. */
export function goodbyePage(undoToken?: string): Response {
  const undo = html`<p>Was that a mistake?</p>
${button({ action: "/newsletter/confirm", token: undoToken ?? "", label: "Subscribe again" })}`;
  return newsletterPage({
    title: "Unsubscribed",
    main: html`<h1>Unsubscribed</h1>
<p>You will get no more mail from this newsletter.</p>
${undoToken && undo}`,
  });
}

export interface Preferences {
  readonly subscribed: boolean;
  readonly preferencesToken: string;
  readonly unsubscribeToken: string;
}

export function preferencesPage({ subscribed, preferencesToken, unsubscribeToken }: Preferences): Response {
  const state = subscribed ? "You are subscribed to new posts." : "You are not subscribed at the moment.";
  return newsletterPage({
    title: "Your subscription",
    main: html`<h1>Your subscription</h1>
<p>${state}</p>
${
  subscribed
    ? button({ action: "/newsletter/unsubscribe", token: unsubscribeToken, label: "Unsubscribe" })
    : subscribeForm({ id: "subscribe" })
}
<h2>Your data</h2>
<p>Erasing removes your address and all that is kept with it, at once.</p>
${button({ action: "/newsletter/preferences", token: preferencesToken, label: "Erase my data", name: "erase" })}`,
  });
}

export function erasedPage(): Response {
  return newsletterPage({
    title: "Erased",
    main: html`<h1>Your data is erased</h1>
<p>What remains is a code that cannot be turned back into your address; it keeps the address from being added again by mistake.</p>`,
  });
}

interface Button {
  readonly action: string;
  readonly token: string;
  readonly label: string;
  /** Sent as `action` when pressed. */
  readonly name?: string;
}

/** A form that is only a button: a link or a script that follows links cannot press it. */
function button({ action, token, label, name }: Button): Html {
  return html`<form class="form" method="post" action="${action}">
<input type="hidden" name="token" value="${token}">
${name && html`<input type="hidden" name="action" value="${name}">\n`}<button class="button" type="submit">${label}</button>
</form>`;
}
