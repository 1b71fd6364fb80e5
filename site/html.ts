/** The escaping template tag that writes every page, feed and mail. */

const brand = Symbol.for("firstflight.html");

/** Markup that is safe to print. Only {@link html} and {@link trusted} make it. */
export interface Html {
  readonly [brand]: true;
  readonly markup: string;
  toString(): string;
}

/** What a template may hold: `null`, `undefined`, `false` and empty arrays print nothing. */
export type HtmlValue = Html | string | number | null | undefined | false | readonly HtmlValue[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes text for element content and quoted attribute values, in HTML and in XML. */
export function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (c) => entities[c] ?? c) : text;
}

/** Marks a string as markup. For rendered Markdown, inlined assets and little else: it is the one way past escaping. */
export function trusted(markup: string): Html {
  return { [brand]: true, markup, toString: () => markup };
}

/** The same of markup that is read when it is asked for. */
export function trustedLater(read: () => string): Html {
  return {
    [brand]: true,
    get markup() {
      return read();
    },
    toString: read,
  };
}

export function isHtml(value: unknown): value is Html {
  return typeof value === "object" && value !== null && brand in value;
}

/** Template tag: literal parts are markup, every value is escaped unless it is {@link Html}. */
export function html(literals: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = literals[0] ?? "";
  for (const [index, value] of values.entries()) markup += print(value) + (literals[index + 1] ?? "");
  return trusted(markup);
}

function print(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return "";
  if (typeof value === "string") return escapeHtml(value);
  if (typeof value === "number") return String(value);
  if (isHtml(value)) return value.markup;
  return value.map(print).join("");
}
