/** One labelled form field, and the list of problems above a form that came back. */
import { type Html, html } from "../html.ts";

/** What is wrong with one field, as a sentence for the visitor. `field` is the field's name. */
export interface FieldProblem {
  readonly field: string;
  readonly detail: string;
}

export interface Field {
  readonly name: string;
  /** Unique in the page. */
  readonly id: string;
  readonly label: string;
  readonly type: "text" | "email" | "textarea";
  readonly autocomplete: string;
  readonly maxLength: number;
  readonly value: string;
  readonly hint?: string;
  readonly problem: string | undefined;
}

/** Label, control, hint and problem, tied together for assistive technology. */
export function field(field: Field): Html {
  const described = [field.hint && `${field.id}-hint`, field.problem && `${field.id}-problem`]
    .filter(Boolean)
    .join(" ");
  return html`<div class="field">
<label for="${field.id}">${field.label}</label>
${field.hint && html`<p class="hint" id="${field.id}-hint">${field.hint}</p>\n`}${
  field.problem && html`<p class="field-problem" id="${field.id}-problem">${field.problem}</p>\n`
}${control(field, described)}
</div>`;
}

function control(field: Field, described: string): Html {
  const attributes = html`id="${field.id}" name="${field.name}" maxlength="${field.maxLength}" autocomplete="${field.autocomplete}" required${
    described && html` aria-describedby="${described}"`
  }${field.problem && html` aria-invalid="true"`}`;
  // The line break after <textarea> is the one a parser drops, so that a text keeps its own first one.
  return field.type === "textarea"
    ? html`<textarea ${attributes} rows="8">\n${field.value}</textarea>`
    : html`<input type="${field.type}" ${attributes}${field.value && html` value="${field.value}"`}>`;
}

/** The problems as links to their fields, or nothing. `idOf` gives the id of a field in this page. */
export function problemSummary(problems: readonly FieldProblem[], idOf: (field: string) => string): Html | undefined {
  if (problems.length === 0) return undefined;
  return html`<div class="problem-summary" role="alert" tabindex="-1" autofocus>
<p>Please check the form:</p>
<ul>
${problems.map(({ field, detail }) => html`<li><a href="#${idOf(field)}">${detail}</a></li>\n`)}</ul>
</div>
`;
}

export function problemOf(problems: readonly FieldProblem[], name: string): string | undefined {
  return problems.find((problem) => problem.field === name)?.detail;
}
