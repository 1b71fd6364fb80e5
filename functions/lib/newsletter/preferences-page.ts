/** A subscriber's own page: the state, and a form for each thing that can be done about it. */
import { type FieldProblem, field, problemOf, problemSummary } from "../../../site/forms/field.ts";
import { emailMaxLength } from "../../../site/forms/field-limits.ts";
import { subscribeForm } from "../../../site/forms/subscribe-form.ts";
import { type Html, html } from "../../../site/html.ts";
import { type Rhythm, rhythms, type Status, type Wishes } from "../store/subscribers.ts";
import { type Asking, askButton, button, newsletterPage } from "./pages.ts";

export interface Preferences extends Wishes {
  readonly status: Exclude<Status, "erased">;
  readonly email: string;
  readonly newEmail: string | null;
  /** Tags to choose from. */
  readonly offered: readonly string[];
  readonly preferencesToken: string;
  readonly unsubscribing: Asking;
}

/** What a press did, or what was wrong with it. */
export interface Outcome {
  readonly done?: string;
  readonly problems?: readonly FieldProblem[];
  /** As typed. */
  readonly typedEmail?: string | undefined;
}

const action = "/newsletter/preferences";

export function preferencesPage(preferences: Preferences, outcome: Outcome = {}): Response {
  const { status, preferencesToken: token } = preferences;
  const { done, problems = [] } = outcome;
  const isSubscribed = status === "confirmed";
  return newsletterPage({
    status: problems.length > 0 ? 422 : 200,
    title: problems.length > 0 ? "Error: Your subscription" : "Your subscription",
    main: html`<h1>Your subscription</h1>
${done && html`<p class="done" role="status" tabindex="-1" autofocus>${done}</p>\n`}${problemSummary(problems, idOf)}<p class="deck">${stateOf(preferences)}</p>
${isSubscribed ? wishesForm(preferences) : subscribeForm({ id: "subscribe" })}
${(isSubscribed || status === "bounced") && addressForm(preferences, outcome)}
${isSubscribed && leaving(preferences)}
<h2>Your data</h2>
<p>Everything that is kept of you here, as a file of JSON.</p>
${button({ action, token, label: "Download my data", name: "export", isQuiet: true })}
<p>Erasing removes your address and all that is kept with it, at once and for good.</p>
${button({ action, token, label: "Erase my data", name: "erase", tick: { name: "sure", id: idOf("sure"), label: "Yes, erase everything." }, isQuiet: true })}`,
  });
}

function stateOf({ status, email, rhythm }: Preferences): Html {
  if (status === "confirmed" && rhythm === "paused") return html`Your newsletter to <strong>${email}</strong> pauses.`;
  if (status === "confirmed") return html`New posts go to <strong>${email}</strong>.`;
  if (status === "bounced") return html`Mail to <strong>${email}</strong> did not arrive, so none is sent any more.`;
  return html`You are not subscribed at the moment.`;
}

const rhythmLabels: Readonly<Record<Rhythm, string>> = {
  each: "A mail for each post",
  weekly: "Once a week, if there is something new",
  monthly: "Once a month, if there is something new",
  paused: "Pause: no mail until I change this",
};

function wishesForm({ preferencesToken, topics, rhythm, offered }: Preferences): Html {
  const boxes = offered.map(
    (topic) =>
      html`<label><input type="checkbox" name="topic" value="${topic}"${topics.includes(topic) && " checked"}> ${topic}</label>\n`,
  );
  const choices = rhythms.map(
    (each) =>
      html`<label><input type="radio" name="rhythm" value="${each}"${each === rhythm && " checked"}> ${rhythmLabels[each]}</label>\n`,
  );
  return html`<form class="form" method="post" action="${action}">
<input type="hidden" name="token" value="${preferencesToken}">
<input type="hidden" name="action" value="save">
<fieldset class="rows">
<legend>How often</legend>
${choices}</fieldset>
${
  offered.length > 0 &&
  html`<fieldset aria-describedby="topics-hint">
<legend>Topics</legend>
<p class="hint" id="topics-hint">Posts about any of those that you tick. With none ticked you get all posts.</p>
${boxes}</fieldset>\n`
}<button class="button" type="submit">Save</button>
</form>`;
}

function addressForm({ preferencesToken, newEmail }: Preferences, { problems = [], typedEmail }: Outcome): Html {
  const waiting = html`<p>${newEmail} waits for its confirmation: press the button in the mail that went there.</p>\n`;
  return html`<h2>Another address</h2>
${newEmail && waiting}<form class="form" method="post" action="${action}">
<input type="hidden" name="token" value="${preferencesToken}">
<input type="hidden" name="action" value="address">
${field({
  name: "email",
  id: idOf("email"),
  label: "New e-mail address",
  type: "email",
  autocomplete: "email",
  maxLength: emailMaxLength,
  value: typedEmail ?? "",
  hint: "A mail goes there. The address changes when you press the button in it.",
  problem: problemOf(problems, "email"),
})}
<button class="button quiet" type="submit">Change the address</button>
</form>`;
}

function leaving({ unsubscribing }: Preferences): Html {
  return html`<h2>Leave</h2>
<p>After this press no more mail comes. You can undo it for an hour.</p>
${askButton(unsubscribing, { action: "/newsletter/unsubscribe", label: "Unsubscribe", isQuiet: true })}`;
}

function idOf(name: string): string {
  return `preferences-${name}`;
}
