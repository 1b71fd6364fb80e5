/** From the fields of the contact form to a message, or to what is wrong with them. */
import { contactTrap } from "../../../site/forms/contact-form.ts";
import type { FieldProblem } from "../../../site/forms/field.ts";
import type { Fields } from "../http/form.ts";
import { limits } from "../limits.ts";
import { parseAddress } from "../mail/address.ts";

/** The page's script adds `times`, when it was opened and when sent, and `proof` when asked. */
export const contactFields = ["name", "email", "message", contactTrap, "times", "proof"] as const;

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
  /** When the page with the form was opened, by its own clock: the same form sent again says the same. */
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
  const [, requestKey, sent] = /^(\d{1,16}),(\d{1,16})$/.exec(fields.times ?? "") ?? [];
  const looks = score([
    { flag: "trap", points: 5, seen: Boolean(fields[contactTrap]) },
    { flag: "fast", points: 3, seen: Number(sent) - Number(requestKey) < limits.contactFastMs },
    { flag: "links", points: 2, seen: links(body) > 2 },
  ]);
  const message = { name, email: address.address, body, ...looks };
  return { ok: true, received: { message, requestKey, proof: fields.proof, isByScript: requestKey !== undefined } };
}

function links(body: string): number {
  return body.match(/https?:\/\//gi)?.length ?? 0;
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

interface Sign {
  readonly flag: string;
  readonly points: number;
  readonly seen: boolean;
}

function score(signs: readonly Sign[]): { score: number; flags: readonly string[] } {
  const seen = signs.filter((sign) => sign.seen);
  return { score: seen.reduce((sum, { points }) => sum + points, 0), flags: seen.map(({ flag }) => flag) };
}
