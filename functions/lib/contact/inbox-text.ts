/** Messages as text for a terminal. Whoever writes one must not write to the terminal: no escape of his reaches it. */
import type { InboxMessage } from "../store/inbox.ts";

/** Controls, marks that turn the direction of text, and what else is not to be seen; emoji need the two that join letters. */
const invisible = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** One line of text in which everything can be seen. */
export function visible(text: string): string {
  return text.replace(invisible, (sign) => (/[\u200c\u200d]/.test(sign) ? sign : escaped(sign)));
}

/** The same with its line ends and tabs. */
function visibleLines(text: string): string {
  return text
    .split(/(\n|\t)/)
    .map((part) => (/^[\n\t]$/.test(part) ? part : visible(part)))
    .join("");
}

function escaped(sign: string): string {
  return `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`;
}

export interface ListStyle {
  /** In characters; each message is one line. */
  readonly width: number;
  readonly paint: (kind: "place" | "hint" | "warning", text: string) => string;
}

/** Id, moment in UTC, state, sender and the beginning of the text. */
export function listLine(
  { id, receivedAt, name, body, state, route }: InboxMessage,
  { width, paint }: ListStyle,
): string {
  const fixed = [id.slice(0, idLength), receivedAt.toISOString().slice(0, 16).replace("T", " "), state.padEnd(8)];
  const mark = route === "quarantine" ? "quarantine " : "";
  const room = Math.max(20, width - fixed.join("  ").length - mark.length - 4);
  const text = `${visible(name)}: ${visible(body.replace(/\s+/g, " "))}`;
  const start = [...text].slice(0, room).join("");
  return [
    fixed.map((part, at) => paint(at === 0 ? "place" : "hint", part)).join("  "),
    paint("warning", mark) + start,
  ].join("  ");
}

/** How much of an id is shown in lists. */
const idLength = 8;

/** Everything of one message. */
export function wholeText({ id, receivedAt, name, email, body, state, route, score, flags }: InboxMessage): string {
  const signs = flags.length > 0 ? `${score} (${flags.map(visible).join(", ")})` : String(score);
  return `From      ${visible(name)} <${visible(email)}>
Received  ${receivedAt.toISOString()} (UTC)
State     ${state}${route === "quarantine" ? ", in quarantine" : ""}
Score     ${signs}
Id        ${id}

${visibleLines(body)}
`;
}

/** JSON in which nothing speaks to the terminal either. */
export function safeJson(value: unknown): string {
  const unit = (sign: string) => [...Array(sign.length).keys()].map((at) => hex(sign.charCodeAt(at))).join("");
  return JSON.stringify(value, undefined, 2).replace(invisible, (sign) => (sign === "\n" ? sign : unit(sign)));
}

function hex(code: number): string {
  return `\\u${code.toString(16).padStart(4, "0")}`;
}

/** The same message for programs. */
export function forPrograms({ body, receivedAt, ...rest }: InboxMessage) {
  return { ...rest, receivedAt: receivedAt.toISOString(), message: body };
}
