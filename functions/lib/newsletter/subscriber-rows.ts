/** Rows of a list of subscribers, as files have them: read, checked, written. */
import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { normalAddress, parseAddress } from "../mail/address.ts";
import { type Rhythm, rhythms } from "../store/subscribers.ts";
import { type Cell, type CsvProblem, csvRow, parseCsv } from "./csv.ts";

export const formats = ["csv", "ndjson"] as const;
export type ListFormat = (typeof formats)[number];

/** In this order in an export; in an import in any, and all but the address may be missing. */
export const columns = [
  "subscriber_id",
  "email",
  "email_hash",
  "status",
  "topics",
  "rhythm",
  "requested_at",
  "confirmed_at",
  "consent_text",
  "consent_no",
  "ended_at",
  "hard_bounces",
  "suppression",
  "suppressed_at",
] as const;
export type Column = (typeof columns)[number];

/** A cell of each column, `""` for what there is not. Times are RFC 3339, topics separated by spaces. */
export type ListRow = Readonly<Record<Column, string>>;

/** Ended: by the subscriber, or by the mailbox. Unproven: nothing says that its owner agreed. */
export type ListedStatus = "confirmed" | "unsubscribed" | "bounced" | "unproven";

/** A person of the list. */
export interface Listed {
  readonly line: number;
  readonly email: string;
  readonly norm: string;
  readonly status: ListedStatus;
  readonly id: string | null;
  readonly topics: readonly string[];
  readonly rhythm: Rhythm;
  readonly requestedAt: string | null;
  readonly confirmedAt: string | null;
  readonly consentText: string;
  readonly consentNo: number;
  readonly endedAt: string | null;
  readonly hardBounces: number;
  readonly suppression: Suppressed | undefined;
}

export interface Suppressed {
  readonly reason: "erased" | "bounced" | "complained";
  readonly at: string | null;
}

/** An address that is known only by its keyed hash. */
export interface SuppressedHash extends Suppressed {
  readonly hash: string;
}

export interface SubscriberList {
  readonly people: readonly Listed[];
  readonly hashes: readonly SuppressedHash[];
  /** In the order of the file. */
  readonly problems: readonly CsvProblem[];
}

interface Placed {
  readonly line: number;
  readonly cells: ReadonlyMap<Column, Cell>;
}

export function writeRows(rows: readonly ListRow[], format: ListFormat): string {
  if (format === "csv") return [columns, ...rows.map((row) => columns.map((name) => row[name]))].map(csvRow).join("");
  return rows.map((row) => `${JSON.stringify(toObject(row))}\n`).join("");
}

/** Without what is empty. */
function toObject(row: ListRow): object {
  const entries = columns.filter((name) => row[name] !== "").map((name) => [name, toJson(name, row[name])]);
  return Object.fromEntries(entries);
}

function toJson(name: Column, text: string): unknown {
  if (name === "topics") return text.split(" ");
  return name === "consent_no" || name === "hard_bounces" ? Number(text) : text;
}

/** All mistakes of the file at once. `now` by the clock of who imports: nobody has agreed in the future. */
export function readRows(text: string, format: ListFormat, now: Date): SubscriberList {
  const problems: CsvProblem[] = [];
  const people: Listed[] = [];
  const hashes: SuppressedHash[] = [];
  const lines = new Map<string, number>();
  for (const row of format === "csv" ? csvRows(text, problems) : jsonRows(text, problems)) {
    const known = readRow(row, now, problems);
    if (!known) continue;
    if ("hash" in known) hashes.push(known);
    else if (lines.has(known.norm)) {
      problems.push({
        ...placeOf(row, "email"),
        problem: `this address stands in line ${lines.get(known.norm)} already`,
      });
    } else {
      lines.set(known.norm, known.line);
      people.push(known);
    }
  }
  return { people, hashes, problems };
}

function csvRows(text: string, problems: CsvProblem[]): readonly Placed[] {
  const { rows, problems: broken } = parseCsv(text);
  problems.push(...broken);
  const [head = [], ...rest] = rows;
  const names = head.map((cell) => columnOf(cell, problems));
  if (rows.length > 0 && !head.some((cell) => /^email(?:_hash)?$/.test(nameOf(cell.text)))) {
    problems.push({ line: 1, column: 1, problem: 'the first line names no column "email"' });
  }
  return rest.flatMap((cells) => {
    const [first] = cells;
    if (first && cells.length !== head.length) {
      const problem = `${cells.length} values where the first line names ${head.length} columns`;
      problems.push({ line: first.line, column: first.column, problem });
      return [];
    }
    const named = names.flatMap((name, at) => (name && cells[at] ? [[name, cells[at]] as const] : []));
    return [{ line: first?.line ?? 1, cells: new Map(named) }];
  });
}

function nameOf(text: string): string {
  return text.trim().toLowerCase();
}

function columnOf(cell: Cell, problems: CsvProblem[]): Column | undefined {
  const known = columns.find((name) => name === nameOf(cell.text));
  const { line, column } = cell;
  if (!known)
    problems.push({ line, column, problem: `unknown column "${cell.text}"; known are ${columns.join(", ")}` });
  return known;
}

function* jsonRows(text: string, problems: CsvProblem[]): Generator<Placed> {
  for (const [index, source] of text
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .entries()) {
    if (source.trim() === "") continue;
    const line = index + 1;
    const errors: ParseError[] = [];
    const tree = parseTree(source, errors, { disallowComments: true });
    const [error] = errors;
    if (error) {
      problems.push({ line, column: error.offset + 1, problem: `no JSON: ${printParseErrorCode(error.error)}` });
    } else if (tree?.type !== "object") {
      problems.push({ line, column: 1, problem: "not an object" });
    } else {
      const cells = (tree.children ?? []).flatMap((property) => cellOf(property, line, problems));
      yield { line, cells: new Map(cells) };
    }
  }
}

function cellOf({ children = [] }: Node, line: number, problems: CsvProblem[]): readonly (readonly [Column, Cell])[] {
  const [key, value] = children;
  if (!key || !value) return [];
  const name = columnOf({ text: String(getNodeValue(key)), line, column: key.offset + 1 }, problems);
  const written: unknown = getNodeValue(value);
  const column = value.offset + 1;
  if (!name || written === null) return [];
  const isList = name === "topics" && Array.isArray(written) && written.every((each) => typeof each === "string");
  if (isList) return [[name, { text: written.join(" "), line, column }]];
  if (typeof written === "string" || typeof written === "number")
    return [[name, { text: String(written), line, column }]];
  problems.push({ line, column, problem: `${name} is neither a text nor a number` });
  return [];
}

function placeOf({ line, cells }: Placed, name: Column): { line: number; column: number } {
  const cell = cells.get(name);
  return { line: cell?.line ?? line, column: cell?.column ?? 1 };
}

const statuses = ["confirmed", "unsubscribed", "bounced", "pending"] as const;
const reasons = ["erased", "bounced", "complained"] as const;
const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Absent when something is wrong with it, which is told then. */
function readRow(row: Placed, now: Date, problems: CsvProblem[]): Listed | SuppressedHash | undefined {
  const before = problems.length;
  const cells = cellsOf(row, now, problems);
  const reason = cells.oneOf("suppression", reasons);
  const suppression = reason && { reason, at: cells.time("suppressed_at") };
  const isHash = cells.text("email") === "" && cells.text("email_hash") !== "";
  const known = isHash ? readHash(cells, suppression) : readPerson(row, cells, suppression);
  return problems.length === before ? known : undefined;
}

function readHash({ text, tell }: Cells, suppression: Suppressed | undefined): SuppressedHash | undefined {
  const hash = text("email_hash");
  if (!/^[\da-f]{64}$/.test(hash)) tell("email_hash", "is no hash of 32 bytes in hexadecimal digits");
  if (!suppression) tell("email_hash", "says nothing without a suppression");
  return suppression && { hash, ...suppression };
}

function readPerson({ line }: Placed, cells: Cells, suppression: Suppressed | undefined): Listed | undefined {
  const { text, tell, oneOf, time, whole } = cells;
  const address = parseAddress(text("email"));
  if (!address) tell("email", text("email") === "" ? "there is no address" : `"${text("email")}" is no e-mail address`);
  const confirmedAt = time("confirmed_at");
  const status = statusOf(oneOf("status", statuses), confirmedAt);
  if (status === "confirmed" && suppression) tell("suppression", "an address cannot be confirmed and suppressed");
  const topics = text("topics").split(/\s+/).filter(Boolean);
  const unfit = topics.find((topic) => !kebab.test(topic));
  if (unfit) tell("topics", `"${unfit}" is no tag, in lower case, words joined by -`);
  const id = text("subscriber_id");
  if (id !== "" && !/^[1-9]\d{0,11}$/.test(id)) tell("subscriber_id", `"${id}" is no number of a subscriber`);
  const listed = {
    line,
    status,
    id: id || null,
    topics: [...new Set(topics)],
    rhythm: oneOf("rhythm", rhythms) ?? "each",
    requestedAt: time("requested_at"),
    confirmedAt,
    consentText: text("consent_text"),
    consentNo: whole("consent_no", 1),
    endedAt: time("ended_at"),
    hardBounces: whole("hard_bounces", 0),
    suppression,
  };
  return address && { ...listed, email: address.address, norm: normalAddress(address) };
}

interface Cells {
  /** Trimmed; empty for what there is not. */
  readonly text: (name: Column) => string;
  readonly tell: (name: Column, problem: string) => void;
  readonly oneOf: <T extends string>(name: Column, known: readonly T[]) => T | undefined;
  readonly time: (name: Column) => string | null;
  /** `least` is also what an empty cell means. */
  readonly whole: (name: Column, least: number) => number;
}

/** The cells of a row as values; what a cell cannot be is told. */
function cellsOf(row: Placed, now: Date, problems: CsvProblem[]): Cells {
  const text = (name: Column) => row.cells.get(name)?.text.trim() ?? "";
  const tell = (name: Column, problem: string) => void problems.push({ ...placeOf(row, name), problem });
  return {
    text,
    tell,
    oneOf(name, known) {
      const found = known.find((each) => each === text(name).toLowerCase());
      if (text(name) !== "" && !found) tell(name, `"${text(name)}" is none of ${known.join(", ")}`);
      return found;
    },
    time(name) {
      const written = text(name);
      const time = written === "" ? null : readTime(written);
      if (time === undefined) tell(name, `"${written}" is no time like 2026-03-14T15:09:26Z`);
      else if (time && Date.parse(time) > now.getTime()) tell(name, "is in the future");
      return time ?? null;
    },
    whole(name, least) {
      const written = text(name);
      if (written === "") return least;
      if (!/^\d{1,6}$/.test(written) || Number(written) < least) tell(name, `"${written}" is no such number`);
      return Number(written);
    },
  };
}

const date = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(Z|[+-]\d\d:\d\d)?)?$/;

/** A day, or a moment; UTC where it does not say. Kept to the microsecond, as the database has it. */
function readTime(written: string): string | undefined {
  const [, year, month, day, time = "00:00", offset = "Z"] = date.exec(written) ?? [];
  const isDay = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
  const moment = `${year}-${month}-${day}T${time}${offset}`;
  return isDay && !Number.isNaN(Date.parse(moment)) ? moment : undefined;
}

/** Only a time of consent proves one. */
function statusOf(status: (typeof statuses)[number] | undefined, confirmedAt: string | null): ListedStatus {
  if (status === "unsubscribed" || status === "bounced") return status;
  return confirmedAt !== null && status !== "pending" ? "confirmed" : "unproven";
}
