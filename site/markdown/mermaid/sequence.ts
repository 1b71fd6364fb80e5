/** Sequence diagrams: names may hold spaces, messages be numbered, and activations stand in lines of their own. */
import { encodeLabel } from "./labels.ts";
import { isWithoutEffect, type Statement, type Tell, tellUnread } from "./source.ts";

interface Message {
  readonly from: string;
  readonly arrow: string;
  /** `+` activates the receiver, `-` ends the activation of the sender. */
  mark: string;
  readonly to: string;
  readonly text: string;
}

interface Sequence {
  /** The library's own short names, by the author's. */
  readonly actors: Map<string, string>;
  readonly lines: (string | Message)[];
  readonly open: Statement[];
  /** The next message's, when they are numbered. */
  number: number | undefined;
}

const name = "[\\p{L}\\p{N}_]+(?:[ .-][\\p{L}\\p{N}_]+)*";

interface Found {
  readonly statement: Statement;
  /** What the form's brackets hold. */
  readonly parts: readonly (string | undefined)[];
}

/** False when what was read makes no sense where it stands. */
type Read = (sequence: Sequence, found: Found) => boolean;

const forms: readonly (readonly [form: RegExp, read: Read])[] = [
  [new RegExp(`^(?:participant|actor)\\s+(${name}?)(?:\\s+as\\s+(.+))?$`, "u"), declare],
  [new RegExp(`^(${name})\\s*(--?>>?|--?\\))\\s*([+-]?)\\s*(${name})\\s*(?::\\s*(.*))?$`, "u"), message],
  [new RegExp(`^note\\s+(left of|right of|over)\\s+(${name})(?:\\s*,\\s*(${name}))?\\s*:\\s*(.+)$`, "iu"), note],
  [new RegExp(`^(activate|deactivate)\\s+(${name})$`, "u"), activation],
  [/^autonumber$/, numbers],
  [/^(loop|alt|opt|par|critical|break)(?:\s+(.*))?$/, block],
  [/^(?:else|and|option)(?:\s+(.*))?$/, divider],
  [/^end$/, end],
];

export function translateSequence([header, ...statements]: readonly Statement[], tell: Tell): string {
  const sequence: Sequence = { actors: new Map(), lines: [], open: [], number: undefined };
  for (const statement of statements) {
    const text = statement.text.replace(/;$/, "");
    const isRead = forms.some(([form, read]) => {
      const found = form.exec(text);
      return found !== null && read(sequence, { statement, parts: found.slice(1) });
    });
    if (!isRead && !isWithoutEffect(statement, tell)) tellUnread(statement, tell);
  }
  for (const one of sequence.open) tell(one, { problem: "the block is never closed", hint: 'close it with "end"' });
  if (sequence.actors.size === 0 && header) tell(header, { problem: "nobody takes part in the diagram" });
  return ["sequenceDiagram", ...sequence.lines.map(written)].join("\n");
}

function written(line: string | Message): string {
  if (typeof line === "string") return line;
  const { from, arrow, mark, to, text } = line;
  return `${from} ${arrow}${mark}${to}: ${text}`;
}

/** The library's name for a participant, who comes in where it is first named. Its figure of a person lies on the line below. */
function actor(sequence: Sequence, written: string, label = written): string {
  const known = sequence.actors.get(written);
  if (known) return known;
  const key = `a${sequence.actors.size}`;
  sequence.actors.set(written, key);
  sequence.lines.push(`participant ${key} as ${encodeLabel(label)}`);
  return key;
}

function declare(sequence: Sequence, { parts: [id = "", label = id] }: Found): boolean {
  actor(sequence, id, label);
  return true;
}

function message(
  sequence: Sequence,
  { parts: [from = "", arrow = "", mark = "", to = "", text = ""] }: Found,
): boolean {
  const { number } = sequence;
  if (number !== undefined) sequence.number = number + 1;
  const label = encodeLabel(number === undefined ? text : `${number}. ${text}`);
  sequence.lines.push({ from: actor(sequence, from), arrow, mark, to: actor(sequence, to), text: label });
  return true;
}

function note(sequence: Sequence, { parts: [place = "", one = "", other, text = ""] }: Found): boolean {
  const actors = [one, ...(other ? [other] : [])].map((id) => actor(sequence, id));
  sequence.lines.push(`Note ${place.toLowerCase()} ${actors.join(",")}: ${encodeLabel(text)}`);
  return true;
}

/** Belongs to the message right before it. */
function activation(sequence: Sequence, { parts: [verb, id = ""] }: Found): boolean {
  const last = sequence.lines.at(-1);
  const key = sequence.actors.get(id);
  if (typeof last !== "object" || last.mark || (verb === "activate" ? last.to : last.from) !== key) return false;
  last.mark = verb === "activate" ? "+" : "-";
  return true;
}

function numbers(sequence: Sequence): boolean {
  sequence.number = 1;
  return true;
}

function block(sequence: Sequence, { statement, parts: [kind, label = ""] }: Found): boolean {
  sequence.open.push(statement);
  sequence.lines.push(`${kind} ${label && encodeLabel(label)}`);
  return true;
}

function divider({ open, lines }: Sequence, { parts: [label = ""] }: Found): boolean {
  if (open.length > 0) lines.push(`else ${label && encodeLabel(label)}`);
  return open.length > 0;
}

function end({ open, lines }: Sequence): boolean {
  if (open.length > 0) lines.push("end");
  return open.pop() !== undefined;
}
