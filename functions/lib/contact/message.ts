/** From the fields of the contact form to a message, or to what is wrong with them. */
import { contactTrap } from "../../../site/forms/contact-form.ts";
import type { FieldProblem } from "../../../site/forms/field.ts";
import type { Fields } from "../http/form.ts";
import { limits } from "../limits.ts";
import { parseAddress } from "../mail/address.ts";

/** The page's script adds `key`, `elapsed` and, when asked, `proof`. */
export const contactFields = ["name", "email", "message", contactTrap, "key", "elapsed", "proof"] as const;

export interface Message {
  readonly name: string;
  readonly email: string;
  readonly body: string;
  /** How much it looks like junk; decides only how the owner learns of it. */
  readonly score: number;
  readonly flags: readonly string[];
}

/** A message, and what the page's script said with it. */
export interface Received {
  readonly message: Message;
  /** Made once by each page that shows the form. */
  readonly requestKey: string | undefined;
  readonly proof: string | undefined;
  /** A browser that can work when asked. */
  readonly isByScript: boolean;
}

export type ParsedMessage =
  | { readonly ok: true; readonly received: Received }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

export type ContactFields = Fields<(typeof contactFields)[number]>;

/** Text in NFC with LF line ends, trimmed. All problems at once, in the order of the form. Hidden fields never cause one. */
export function parseMessage(fields: ContactFields): ParsedMessage {
  const name = tidy(fields.name);
  const address = parseAddress(tidy(fields.email));
  const body = tidy(fields.message);
  const problems = [...nameProblems(name), ...(address ? [] : [noAddress]), ...bodyProblems(body)];
  if (problems.length > 0 || !address) return { ok: false, problems };
  const message = { name, email: address.address, body, ...score(body, fields) };
  const requestKey = /^[\w-]{16,64}$/.exec(fields.key ?? "")?.[0];
  return { ok: true, received: { message, requestKey, proof: fields.proof, isByScript: requestKey !== undefined } };
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

function score(body: string, { elapsed, ...fields }: ContactFields): { score: number; flags: readonly string[] } {
  const links = body.match(/https?:\/\//gi)?.length ?? 0;
  const signs = [
    { flag: "trap", points: 5, seen: Boolean(fields[contactTrap]) },
    { flag: "fast", points: 3, seen: /^\d+$/.test(elapsed ?? "") && Number(elapsed) < limits.contactFastMs },
    { flag: "links", points: 2, seen: links > 2 },
  ].filter(({ seen }) => seen);
  return { score: signs.reduce((sum, { points }) => sum + points, 0), flags: signs.map(({ flag }) => flag) };
}
