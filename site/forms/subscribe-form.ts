/** The newsletter sign-up form, in articles, in the footer and on the newsletter's own pages. */
import { type Html, html } from "../html.ts";
import { type FieldProblem, field, problemOf, problemSummary } from "./field.ts";
import { emailMaxLength } from "./field-limits.ts";

export interface SubscribeForm {
  /** Prefix of the ids in the form: unique in the page. */
  readonly id: string;
  readonly values?: { readonly email?: string };
  readonly problems?: readonly FieldProblem[];
}

/** Posts `email` to `/api/subscribe`. */
export function subscribeForm({ id, values = {}, problems = [] }: SubscribeForm): Html {
  return html`<form class="form" method="post" action="/api/subscribe">
${problemSummary(problems, (field) => `${id}-${field}`)}${field({
  name: "email",
  id: `${id}-email`,
  label: "E-mail",
  type: "email",
  autocomplete: "email",
  maxLength: emailMaxLength,
  value: values.email ?? "",
  hint: "You will get a mail with a link to confirm. Unsubscribe with one press at any time.",
  problem: problemOf(problems, "email"),
})}
<button class="button" type="submit">Subscribe</button>
</form>`;
}
