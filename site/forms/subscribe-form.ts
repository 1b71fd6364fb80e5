/** The newsletter sign-up form, in articles, in the footer and on the newsletter's own pages. */
import { type Html, html } from "../html.ts";
import { type FieldProblem, field, problemOf, problemSummary } from "./field.ts";
import { emailMaxLength } from "./field-limits.ts";

export interface SubscribeForm {
  /** Prefix of the ids in the form: unique in the page. */
  readonly id: string;
  readonly values?: { readonly email?: string };
  readonly problems?: readonly FieldProblem[];
  /** By the script of the page, if there is one: what comes back has to have the same. */
  readonly isSentInPlace?: boolean;
}

/** Posts `email` to `/api/subscribe`. */
export function subscribeForm({ id, values = {}, problems = [], isSentInPlace }: SubscribeForm): Html {
  return html`<form class="form"${isSentInPlace && html` name="send"`} method="post" action="/api/subscribe">
${problemSummary(problems, (field) => `${id}-${field}`)}${field({
  name: "email",
  id: `${id}-email`,
  label: "E-mail",
  type: "email",
  autocomplete: "email",
  maxLength: emailMaxLength,
  value: values.email ?? "",
  hint: "A mail with a link to confirm comes first.",
  problem: problemOf(problems, "email"),
})}
<button class="button" type="submit">Subscribe</button>
${
  isSentInPlace &&
  html`<p class="field-problem" role="alert" tabindex="-1" hidden>It could not be sent. Please try again.</p>
`
}</form>`;
}
