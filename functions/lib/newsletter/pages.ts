/** The newsletter's own pages. Their addresses carry tokens, so no other site learns them from a referrer. */

import type { FieldProblem } from "../../../site/forms/field.ts";
import { subscribeForm } from "../../../site/forms/subscribe-form.ts";
import { type Html, html } from "../../../site/html.ts";
import type { Problem } from "../http/problem.ts";
import { page } from "../http/respond.ts";

interface NewsletterPage {
  readonly status?: number;
  readonly title: string;
  readonly main: Html;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** `no-referrer` would turn the Origin of our own forms to `null`. */
export function newsletterPage({ headers, ...rest }: NewsletterPage): Response {
  return page({ ...rest, headers: { "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex", ...headers } });
}

export const noAddress: FieldProblem = {
  field: "email",
  detail: "Enter your e-mail address, like name@example.com.",
};

export function signUpInvalidPage(values: { email?: string }, problems: readonly FieldProblem[]): Response {
  return newsletterPage({
    status: 422,
    title: "Error: Newsletter",
    main: html`<h1>Newsletter</h1>\n${subscribeForm({ id: "subscribe", values, problems, isSentInPlace: true })}`,
  });
}

/** By status. */
const refusals: Readonly<Record<number, string>> = {
  403: "Your browser has to do some work first",
  429: "You could not be signed up yet",
};

/** Not taken, for a reason that is none of the address's. */
export function signUpRefusedPage({ status, detail, headers }: Problem, values: { email?: string }): Response {
  return newsletterPage({
    status,
    title: "Error: Newsletter",
    headers,
    main: html`<h1>${refusals[status] ?? "You could not be signed up"}</h1>
<div class="problem-summary" role="alert" tabindex="-1" autofocus>
<p>${detail}</p>
</div>
${subscribeForm({ id: "subscribe", values, isSentInPlace: true })}`,
  });
}

/** 400, with a way to get a link that works. */
export function badLinkPage(): Response {
  return newsletterPage({
    status: 400,
    title: "Error: Link not valid",
    main: html`<h1>This link is not valid</h1>
<p>It is incomplete, too old, or a newer one or an unsubscription has come after it. You can sign up here and get a new one.</p>
${subscribeForm({ id: "subscribe" })}`,
  });
}

export interface Asking {
  readonly token: string;
  /** By which a person shows to be one, where the browser does not. */
  readonly hasBox: boolean;
  /** It was pressed, and the browser did not name a person. */
  readonly again?: boolean;
}

const questions = {
  subscription: {
    title: "Confirm your subscription",
    text: "One press, and you get new posts by mail. Each of them has a link that ends it.",
    label: "Confirm the subscription",
  },
  address: {
    title: "Confirm your new address",
    text: "One press, and your newsletter comes to this address from now on.",
    label: "Confirm the address",
  },
} as const;

export function askToConfirmPage({ what, ...asking }: Asking & { readonly what: keyof typeof questions }): Response {
  return askPage({ ...questions[what], action: "/newsletter/confirm" }, asking);
}

export function askToUnsubscribePage(asking: Asking): Response {
  const [title, text] = ["Unsubscribe", "After this press no more mail comes."];
  return askPage({ title, text, label: title, action: "/newsletter/unsubscribe" }, asking);
}

interface Question {
  readonly title: string;
  readonly text: string;
  /** Of the button. */
  readonly label: string;
  readonly action: string;
}

function askPage({ title, text, ...question }: Question, asking: Asking): Response {
  const sign = html`<div class="problem-summary" role="alert" tabindex="-1" autofocus>
<p>Your browser did not say that a person pressed the button. Tick the box, then press again.</p>
</div>\n`;
  return newsletterPage({
    title,
    main: html`<h1>${title}</h1>
${asking.again && sign}<p>${text}</p>
${askButton(asking, question)}`,
  });
}

export function welcomePage(preferencesToken: string): Response {
  return newsletterPage({
    title: "Welcome",
    main: html`<h1>Welcome</h1>
<p class="deck">Your subscription is confirmed. New posts come by mail.</p>
<p>You can <a href="/newsletter/preferences?token=${preferencesToken}">choose topics and how often</a> mail comes, or see and end your subscription there. Each mail has a link to that page.</p>
<p><a href="/posts/">Read something in the meantime</a></p>`,
  });
}

export function changedPage(preferencesToken: string): Response {
  return newsletterPage({
    title: "Your address is changed",
    main: html`<h1>Your address is changed</h1>
<p>From now on your newsletter comes to the new address. Links in earlier mails still work.</p>
<p><a href="/newsletter/preferences?token=${preferencesToken}">See your subscription</a></p>`,
  });
}

/** The new address has come by a subscription of its own. */
export function takenPage(): Response {
  return newsletterPage({
    title: "Subscribed already",
    main: html`<h1>This address is subscribed already</h1>
<p>Nothing was changed. To get no mail twice, unsubscribe the older address by a link in a mail to it.</p>`,
  });
}

/** `undo` confirms the subscription again; absent when there is nothing to undo. */
export function goodbyePage(undo?: Asking): Response {
  const undoing = (asking: Asking) => html`<p>Was that a mistake?</p>
${askButton(asking, { action: "/newsletter/confirm", label: "Subscribe again", isQuiet: true })}`;
  return newsletterPage({
    title: "Unsubscribed",
    main: html`<h1>Unsubscribed</h1>
<p class="deck">No more mail comes from this newsletter.</p>
${undo && undoing(undo)}`,
  });
}

export function erasedPage(): Response {
  return newsletterPage({
    title: "Erased",
    main: html`<h1>Your data is erased</h1>
<p>What remains is a code that cannot be turned back into your address; it keeps the address from being added again by mistake.</p>`,
  });
}

/** The button that only a person may press. */
export function askButton({ token, hasBox }: Asking, look: Pick<Button, "action" | "label" | "isQuiet">): Html {
  const box = { name: "person", label: "I am a person, and I want this." };
  return button({ ...look, token, tick: hasBox ? box : undefined });
}

export interface Button {
  readonly action: string;
  readonly token: string;
  readonly label: string;
  /** Sent as `action` when pressed. */
  readonly name?: string;
  /** A box that must be ticked first; sends `yes`. */
  readonly tick?: { readonly name: string; readonly label: string; readonly id?: string } | undefined;
  /** Not what most have come for. */
  readonly isQuiet?: boolean;
}

/** A form that is only a button: a link or a script that follows links cannot press it. */
export function button({ action, token, label, name, tick, isQuiet = false }: Button): Html {
  return html`<form class="form" method="post" action="${action}">
<input type="hidden" name="token" value="${token}">
${name && html`<input type="hidden" name="action" value="${name}">\n`}${tick && html`<label><input type="checkbox"${tick.id && html` id="${tick.id}"`} name="${tick.name}" value="yes" required> ${tick.label}</label>\n`}<button class="button${isQuiet && " quiet"}" type="submit">${label}</button>
</form>`;
}
