/** Whole lists of subscribers, out of the database and into it. */
import type { Sql } from "./database.ts";

export interface KeptSubscriber {
  readonly id: string;
  readonly email: string;
  readonly norm: string;
  readonly status: string;
  readonly topics: readonly string[];
  readonly rhythm: string;
  readonly requestedAt: string;
  readonly confirmedAt: string | null;
  readonly consentText: string | null;
  readonly consentNo: number;
  readonly endedAt: string | null;
  readonly hardBounces: number;
}

/** Times are RFC 3339 in UTC with microseconds. Without those who have not confirmed: they have agreed to nothing. */
export async function allSubscribers(sql: Sql): Promise<readonly KeptSubscriber[]> {
  return sql<KeptSubscriber[]>`
    SELECT s.id, email, email_norm AS norm, status, to_jsonb(topics) AS topics, rhythm,
      ${rfc3339(sql, "requested_at")} AS "requestedAt", ${rfc3339(sql, "confirmed_at")} AS "confirmedAt",
      (SELECT text_version FROM consent_event WHERE subscriber_id = s.id AND what IN ('confirmed', 'imported')
        ORDER BY id DESC LIMIT 1) AS "consentText",
      consent_no AS "consentNo",
      (SELECT ${rfc3339(sql, "max(at)")} FROM consent_event
        WHERE subscriber_id = s.id AND what IN ('unsubscribed', 'bounced', 'complained')
          AND s.status IN ('unsubscribed', 'bounced')) AS "endedAt",
      hard_bounces AS "hardBounces"
    FROM subscriber AS s WHERE status IN ('confirmed', 'unsubscribed', 'bounced') ORDER BY email_norm COLLATE "C"`;
}

export interface KeptSuppression {
  readonly hash: string;
  readonly reason: string;
  readonly at: string;
}

/** `hash` in hexadecimal digits. */
export async function allSuppressions(sql: Sql): Promise<readonly KeptSuppression[]> {
  return sql<KeptSuppression[]>`
    SELECT encode(email_hash, 'hex') AS hash, reason, ${rfc3339(sql, "at")} AS at FROM suppression ORDER BY email_hash`;
}

function rfc3339(sql: Sql, expression: "requested_at" | "confirmed_at" | "max(at)" | "at") {
  return sql`to_char(${sql.unsafe(expression)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** Of these addresses, in lower case: those that are here, locked until the transaction ends. */
export async function lockKnown(sql: Sql, norms: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await sql<{ norm: string; status: string }[]>`
    SELECT email_norm AS norm, status FROM subscriber
    WHERE email_norm IN (SELECT jsonb_array_elements_text(${JSON.stringify(norms)}::text::jsonb)) ORDER BY id FOR UPDATE`;
  return new Map(rows.map(({ norm, status }) => [norm, status]));
}

/** Of these hashes, in hexadecimal digits: those that are suppressed. */
export async function suppressedAmong(sql: Sql, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql<{ hash: string }[]>`
    SELECT encode(email_hash, 'hex') AS hash FROM suppression
    WHERE email_hash IN (SELECT decode(jsonb_array_elements_text(${JSON.stringify(hashes)}::text::jsonb), 'hex'))`;
  return new Set(rows.map(({ hash }) => hash));
}

export interface NewSubscriber {
  readonly email: string;
  readonly norm: string;
  readonly status: "pending" | "confirmed" | "unsubscribed" | "bounced";
  /** Kept where nobody else has it, so that the links in mails of before stay those of the same person. */
  readonly id: string | null;
  readonly topics: readonly string[];
  readonly rhythm: string;
  readonly requestedAt: string | null;
  readonly confirmedAt: string | null;
  readonly consentText: string;
  readonly consentNo: number;
  readonly endedAt: string | null;
  readonly hardBounces: number;
}

/**
 * In a transaction: puts in those who are not here yet, and changes those who are pending. Their consent is noted as
 * `imported`, with its own date; the end of a subscription with its own.
 */
export async function insertSubscribers(sql: Sql, people: readonly NewSubscriber[]): Promise<void> {
  const list = JSON.stringify(people);
  await sql`
    INSERT INTO subscriber (id, email, email_norm)
    OVERRIDING SYSTEM VALUE
    SELECT p.id, email, norm FROM jsonb_to_recordset(${list}::text::jsonb) AS p (id bigint, email text, norm text)
    WHERE p.id IS NOT NULL AND NOT EXISTS (SELECT FROM subscriber AS s WHERE s.id = p.id)
    ON CONFLICT DO NOTHING`;
  await sql`
    SELECT setval(pg_get_serial_sequence('subscriber', 'id'), greatest(
      (SELECT max(id) FROM subscriber), nextval(pg_get_serial_sequence('subscriber', 'id')) - 1, 1
    ))`;
  await sql`
    INSERT INTO subscriber (email, email_norm)
    SELECT email, norm FROM jsonb_to_recordset(${list}::text::jsonb) AS p (email text, norm text)
    ON CONFLICT (email_norm) DO NOTHING`;
  await sql`
    UPDATE subscriber AS s SET status = p.status, rhythm = p.rhythm, consent_no = greatest(s.consent_no, p."consentNo"),
      topics = (SELECT coalesce(array_agg(topic), '{}') FROM jsonb_array_elements_text(p.topics) AS topic),
      requested_at = coalesce(p."requestedAt", s.requested_at), confirmed_at = p."confirmedAt", hard_bounces = p."hardBounces"
    FROM jsonb_to_recordset(${list}::text::jsonb) AS p (norm text, status text, rhythm text, topics jsonb,
      "requestedAt" timestamptz, "confirmedAt" timestamptz, "consentNo" int, "hardBounces" int)
    WHERE email_norm = norm`;
  await sql`
    INSERT INTO consent_event (subscriber_id, consent_no, what, text_version, at)
    SELECT s.id, s.consent_no, 'imported', p."consentText", coalesce(p."confirmedAt", p."requestedAt", now())
    FROM jsonb_to_recordset(${list}::text::jsonb) AS p (norm text, "consentText" text, "requestedAt" timestamptz, "confirmedAt" timestamptz)
      JOIN subscriber AS s ON email_norm = norm
    UNION ALL
    SELECT s.id, s.consent_no, s.status, p."consentText", p."endedAt"
    FROM jsonb_to_recordset(${list}::text::jsonb) AS p (norm text, "consentText" text, "endedAt" timestamptz)
      JOIN subscriber AS s ON email_norm = norm
    WHERE p."endedAt" IS NOT NULL AND s.status IN ('unsubscribed', 'bounced')`;
}

/** `hash` in hexadecimal digits; `at` RFC 3339, or now. */
export async function insertSuppressions(
  sql: Sql,
  suppressions: readonly { readonly hash: string; readonly reason: string; readonly at: string | null }[],
): Promise<number> {
  const { count } = await sql`
    INSERT INTO suppression (email_hash, reason, at)
    SELECT decode(hash, 'hex'), reason, coalesce(at, now())
    FROM jsonb_to_recordset(${JSON.stringify(suppressions)}::text::jsonb) AS p (hash text, reason text, at timestamptz)
    ON CONFLICT (email_hash) DO NOTHING`;
  return count;
}

export interface Question {
  readonly norm: string;
  /** Of the address, in hexadecimal digits, as it stands in the budgets of sign-ups. */
  readonly hash: string;
  readonly outboxId: string;
  readonly messageId: string;
  /** From now on. */
  readonly waitSeconds: number;
}

/** Asks those who were put in as pending, one after the other. */
export async function enqueueQuestions(sql: Sql, questions: readonly Question[]): Promise<void> {
  const list = JSON.stringify(questions);
  await sql`
    INSERT INTO outbox (id, kind, dedupe_key, message_id, subscriber_id, next_at, created_at)
    SELECT "outboxId", 'confirm', 'confirm:' || "outboxId", "messageId", s.id, due, due
    FROM jsonb_to_recordset(${list}::text::jsonb)
        AS p (norm text, "outboxId" uuid, "messageId" text, "waitSeconds" float8)
      JOIN subscriber AS s ON email_norm = norm,
      LATERAL (SELECT now() + "waitSeconds" * interval '1 second' AS due) AS moment`;
  await sql`
    INSERT INTO sign_up_mail (email_hash)
    SELECT decode(hash, 'hex') FROM jsonb_to_recordset(${list}::text::jsonb) AS p (hash text)`;
}
