/** The contact form: the page shows it empty, the function shows it again with what was typed. */
import { type Html, html } from "../html.ts";
import { type FieldProblem, field, problemOf, problemSummary } from "./field.ts";
import { emailMaxLength, messageMaxLength, nameMaxLength } from "./field-limits.ts";

export interface ContactForm {
  readonly values?: Partial<Readonly<Record<"name" | "email" | "message", string>>>;
  readonly problems?: readonly FieldProblem[];
}

/** Hidden from people; what programs type here only raises a message's score. */
export const contactTrap = "website";

/** Posts `name`, `email`, `message` to `/api/contact`. Ids start with `contact-`. */
export function contactForm({ values = {}, problems = [] }: ContactForm = {}): Html {
  return html`<form class="form" name="send" method="post" action="/api/contact">
${problemSummary(problems, idOf)}${field({
  name: "name",
  id: idOf("name"),
  label: "Name",
  type: "text",
  autocomplete: "name",
  maxLength: nameMaxLength,
  value: values.name ?? "",
  problem: problemOf(problems, "name"),
})}
${field({
  name: "email",
  id: idOf("email"),
  label: "E-mail",
  type: "email",
  autocomplete: "email",
  maxLength: emailMaxLength,
  value: values.email ?? "",
  hint: "Only used to answer you.",
  problem: problemOf(problems, "email"),
})}
${field({
  name: "message",
  id: idOf("message"),
  label: "Message",
  type: "textarea",
  autocomplete: "off",
  maxLength: messageMaxLength,
  value: values.message ?? "",
  problem: problemOf(problems, "message"),
})}
<div class="visually-hidden" aria-hidden="true">
<label for="contact-website">Leave this empty</label>
<input type="text" id="contact-website" name="${contactTrap}" tabindex="-1" autocomplete="off">
</div>
<button class="button" type="submit">Send message</button>
<p class="field-problem" role="alert" tabindex="-1" hidden>It could not be sent. Your text is still here: please try again.</p>
</form>`;
}

function idOf(field: string): string {
  return `contact-${field}`;
}
