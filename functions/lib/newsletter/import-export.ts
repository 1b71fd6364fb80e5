/** The list of subscribers as a file: what one site has written, the next one reads with nothing lost and nobody revived. */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { KeyRing } from "../keys.ts";
import { limits } from "../limits.ts";
import type { Address } from "../mail/address.ts";
import { messageIdOf } from "../mail/mailer.ts";
import type { Database, Sql } from "../store/database.ts";
import {
  allSubscribers,
  allSuppressions,
  enqueueQuestions,
  insertSubscribers,
  insertSuppressions,
  type KeptSubscriber,
  type KeptSuppression,
  lockKnown,
  suppressedAmong,
} from "../store/subscriber-lists.ts";
import type { CsvProblem } from "./csv.ts";
import {
  formats,
  type Listed,
  type ListFormat,
  type ListRow,
  readRows,
  type SuppressedHash,
  writeRows,
} from "./subscriber-rows.ts";

export interface ListServices {
  readonly database: Database;
  readonly keys: KeyRing;
  /** Only needed to ask by mail. */
  readonly mailFrom?: Address | undefined;
}

export interface ImportOptions {
  /** Absent: by the end of the file's name. */
  readonly format?: ListFormat | undefined;
  /** Puts in those of whose consent there is no proof, and asks each by mail. Otherwise they are a mistake. */
  readonly asks?: boolean | undefined;
}

export interface ImportReport {
  readonly added: number;
  /** Asked by mail: of them, those who have to confirm first. */
  readonly asked: number;
  /** Here already, and left as they are. */
  readonly kept: number;
  /** Not taken: suppressed or erased here. */
  readonly suppressed: number;
  /** Addresses that are known only by a hash and get no mail. */
  readonly hashes: number;
}

/** Nothing was imported. The message says what is wrong at which line and column of the file. */
export class ImportError extends Error {
  override readonly name = "ImportError";
  readonly problems: readonly CsvProblem[];
  constructor(message: string, problems: readonly CsvProblem[] = []) {
    super(message);
    this.problems = problems;
  }
}

/** Of everybody who has confirmed, and of everybody who must not be mailed. The same list is always the same text. */
export async function exportSubscribers({ database, keys }: ListServices, format: ListFormat): Promise<string> {
  const [people, suppressions] = await database.transaction(async (sql) => [
    await allSubscribers(sql),
    await allSuppressions(sql),
  ]);
  const left = new Map(suppressions.map((each) => [each.hash, each]));
  const rows = people.map((person) => {
    const known = keys.hashes("suppression", person.norm).map((hash) => hash.toString("hex"));
    const suppression = known.map((hash) => left.get(hash)).find((each) => each !== undefined);
    for (const hash of known) left.delete(hash);
    return rowOf(person, suppression);
  });
  return writeRows([...rows, ...[...left.values()].map(rowOfHash)], format);
}

const nothing: ListRow = {
  subscriber_id: "",
  email: "",
  email_hash: "",
  status: "",
  topics: "",
  rhythm: "",
  requested_at: "",
  confirmed_at: "",
  consent_text: "",
  consent_no: "",
  ended_at: "",
  hard_bounces: "",
  suppression: "",
  suppressed_at: "",
};

function rowOf(person: KeptSubscriber, suppression: KeptSuppression | undefined): ListRow {
  return {
    ...nothing,
    subscriber_id: person.id,
    email: person.email,
    status: person.status,
    topics: person.topics.join(" "),
    rhythm: person.rhythm,
    requested_at: person.requestedAt,
    confirmed_at: person.confirmedAt ?? "",
    consent_text: person.consentText ?? "",
    consent_no: String(person.consentNo),
    ended_at: person.endedAt ?? "",
    hard_bounces: String(person.hardBounces),
    suppression: suppression?.reason ?? "",
    suppressed_at: suppression?.at ?? "",
  };
}

function rowOfHash({ hash, reason, at }: KeptSuppression): ListRow {
  return { ...nothing, email_hash: hash, suppression: reason, suppressed_at: at };
}

/**
 * Reads the whole file before anything is written, then stores it in transactions of 1,000 rows: a run that broke off may
 * be run again. Throws {@link ImportError}.
 */
export async function importSubscribers(
  services: ListServices,
  file: string,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const format = options.format ?? formats.find((each) => file.toLowerCase().endsWith(`.${each}`));
  if (!format)
    throw new ImportError(`${file} ends neither in .csv nor in .ndjson: say --format csv or --format ndjson.`);
  const { people, hashes, problems } = readRows(await readText(file), format, new Date());
  const unproven = options.asks ? [] : people.filter(({ status }) => status === "unproven").map(withoutProof);
  const all = [...problems, ...unproven].sort((a, b) => a.line - b.line || a.column - b.column);
  if (all.length > 0) throw new ImportError(explain(file, all), all);
  if (options.asks && !services.mailFrom) throw new ImportError("To ask by mail, MAIL_FROM has to be set.");
  const report = { added: 0, asked: 0, kept: 0, suppressed: 0, hashes: 0 };
  for (let at = 0; at < hashes.length; at += limits.importBatchRows) {
    const batch = hashes.slice(at, at + limits.importBatchRows);
    report.hashes += await services.database.transaction((sql) => insertSuppressions(sql, batch));
  }
  for (let at = 0; at < people.length; at += limits.importBatchRows) {
    const batch = people.slice(at, at + limits.importBatchRows);
    const done = await services.database.transaction((sql) => store(sql, services, batch, report.asked));
    for (const key of ["added", "asked", "kept", "suppressed"] as const) report[key] += done[key];
  }
  return report;
}

async function readText(file: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await readFile(file));
  } catch (error) {
    if (error instanceof TypeError) throw new ImportError(`${file} is not UTF-8. Save it as UTF-8 first.`);
    throw error;
  }
}

function withoutProof({ line }: Listed): CsvProblem {
  return { line, column: 1, problem: "no proof of consent: confirmed_at is empty (--ask asks by mail)" };
}

const shown = 50;

function explain(file: string, problems: readonly CsvProblem[]): string {
  const lines = problems.slice(0, shown).map(({ line, column, problem }) => `${file}:${line}:${column} ${problem}`);
  const more = problems.length > shown ? [`and ${problems.length - shown} more`] : [];
  return [...lines, ...more, "Nothing was imported."].join("\n");
}

async function store(sql: Sql, services: ListServices, batch: readonly Listed[], askedBefore: number) {
  const { keys, mailFrom } = services;
  const hashesOf = new Map(
    batch.map(({ norm }) => [norm, keys.hashes("suppression", norm).map((hash) => hash.toString("hex"))]),
  );
  const known = await lockKnown(sql, [...hashesOf.keys()]);
  const suppressed = await suppressedAmong(sql, [...hashesOf.values()].flat());
  const isSuppressed = ({ norm }: Listed) => hashesOf.get(norm)?.some((hash) => suppressed.has(hash)) === true;
  const isFree = ({ norm }: Listed) => (known.get(norm) ?? "pending") === "pending";
  const wanted = batch.filter((person) => isFree(person) && !isSuppressed(person));
  const people = wanted.map((person) => ({
    ...person,
    status: person.status === "unproven" ? ("pending" as const) : person.status,
    confirmedAt: person.status === "unproven" ? null : person.confirmedAt,
  }));
  await insertSubscribers(sql, people);
  await insertSuppressions(
    sql,
    wanted.flatMap((person) => suppressionOf(person, keys)),
  );
  const asked = people.filter(({ status }) => status === "pending");
  if (mailFrom) {
    await enqueueQuestions(
      sql,
      asked.map(({ norm }, at) => questionOf(norm, { keys, mailFrom, nth: askedBefore + at })),
    );
  }
  const left = batch.filter((person) => isFree(person) && isSuppressed(person)).length;
  return { added: wanted.length, asked: asked.length, kept: batch.length - wanted.length - left, suppressed: left };
}

function suppressionOf({ norm, suppression }: Listed, keys: KeyRing): readonly SuppressedHash[] {
  return suppression ? [{ hash: keys.hash("suppression", norm).toString("hex"), ...suppression }] : [];
}

function questionOf(norm: string, { keys, mailFrom, nth }: { keys: KeyRing; mailFrom: Address; nth: number }) {
  const outboxId = randomUUID();
  return {
    norm,
    hash: keys.hash("sign-up", norm).toString("hex"),
    outboxId,
    messageId: messageIdOf(outboxId, mailFrom),
    waitSeconds: nth * limits.importAskSeconds,
  };
}
