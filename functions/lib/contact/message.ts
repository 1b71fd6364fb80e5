/** From the fields of the contact form to a message, or to what is wrong with them. */
import { contactTrap } from "../../../site/forms/contact-form.ts";
import type { FieldProblem } from "../../../site/forms/field.ts";
import type { Fields } from "../http/form.ts";
import { limits } from "../limits.ts";
import { parseAddress } from "../mail/address.ts";

export const contactFields = ["name", "email", "message", contactTrap] as const;

export interface Message {
  readonly name: string;
  readonly email: string;
  readonly body: string;
  /** How much it looks like junk; only ever shown, nothing is thrown away for it. */
  readonly score: number;
  readonly flags: readonly string[];
}

export type ParsedMessage =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

type ContactFields = Fields<(typeof contactFields)[number]>;

/** Text in NFC with LF line ends, trimmed. All problems at once, in the order of the form. */
export function parseMessage(fields: ContactFields): ParsedMessage {
  const name = tidy(fields.name);
  const address = parseAddress(tidy(fields.email));
  const body = tidy(fields.message);
  const problems = [...nameProblems(name), ...(address ? [] : [noAddress]), ...bodyProblems(body)];
  if (problems.length > 0 || !address) return { ok: false, problems };
  return { ok: true, message: { name, email: address.address, body, ...score(body, fields[contactTrap] ?? "") } };
}

const noAddress: FieldProblem = { field: "email", detail: "Enter your e-mail address, like name@example.com." };

/** Line breaks, other control characters, and marks that turn the direction of the text around them. */
const unfitForALine = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

function nameProblems(name: string): readonly FieldProblem[] {
  if (name === "") return [{ field: "name", detail: "Enter your name." }];
  if (name.length > limits.nameMaxLength) return [tooLong("name", "The name", limits.nameMaxLength)];
  return unfitForALine.test(name) ? [{ field: "name", detail: "The name must be one line of plain text." }] : [];
}

function bodyProblems(body: string): readonly FieldProblem[] {
  if (body === "") return [{ field: "message", detail: "Enter a message." }];
  return body.length > limits.messageMaxLength ? [tooLong("message", "The message", limits.messageMaxLength)] : [];
}

function tooLong(field: string, what: string, maxLength: number): FieldProblem {
  return { field, detail: `${what} is longer than ${maxLength.toLocaleString("en")} characters.` };
}

function tidy(text = ""): string {
  return text.replace(/\r\n?/g, "\n").normalize("NFC").trim();
}

function score(body: string, trap: string): { score: number; flags: readonly string[] } {
  const links = body.match(/https?:\/\//gi)?.length ?? 0;
  const signs = [
    { flag: "trap", points: 5, seen: trap !== "" },
    { flag: "links", points: 2, seen: links > 2 },
  ].filter(({ seen }) => seen);
  return { score: signs.reduce((sum, { points }) => sum + points, 0), flags: signs.map(({ flag }) => flag) };
}
