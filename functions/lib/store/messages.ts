/** Messages of the contact form, as the door writes them and mails tell of them. */
import type { Sql } from "./database.ts";

/** How the owner learns of a message: a mail of its own, the next summary, the week's list of what looks like junk. */
export type Route = "notice" | "summary" | "quarantine";

export interface NewMessage {
  readonly id: string;
  readonly repeatKey: Buffer;
  readonly requestKey: Buffer | null;
  readonly name: string;
  readonly email: string;
  readonly body: string;
  readonly score: number;
  readonly flags: readonly string[];
  readonly route: Route;
  /** The outbox entry that tells of it. */
  readonly toldIn: string | null;
}

export interface StoredMessage {
  readonly id: string;
  readonly receivedAt: Date;
  readonly name: string;
  readonly email: string;
  readonly body: string;
  readonly flags: readonly string[];
}

/** In a transaction, to whose end equal messages then wait for each other. */
export async function lockContent(sql: Sql, contentHash: Buffer): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${contentHash.readBigInt64BE().toString()}::bigint)`;
}

/** The id of a message stored under one of these keys. */
export async function findRepeat(sql: Sql, keys: readonly Buffer[]): Promise<string | undefined> {
  const hex = keys.map((key) => key.toString("hex")).join(",");
  const [row] = await sql<{ id: string }[]>`
    WITH known AS (SELECT decode(hex, 'hex') AS k FROM unnest(string_to_array(${hex}, ',')) AS hex)
    SELECT id FROM (
      SELECT id, received_at FROM known JOIN contact_message ON idem_key = k
      UNION ALL SELECT id, received_at FROM known JOIN contact_message ON request_key = k
    ) AS found
    ORDER BY received_at LIMIT 1`;
  return row?.id;
}

export async function insertMessage(sql: Sql, message: NewMessage): Promise<void> {
  const { id, repeatKey, requestKey, name, email, body, score, flags, route, toldIn } = message;
  await sql`
    INSERT INTO contact_message (id, idem_key, request_key, name, email, body, score, flags, route, told_in)
    VALUES (${id}, ${repeatKey}, ${requestKey}, ${name}, ${email}, ${body}, ${score},
      string_to_array(${flags.join(",")}, ','), ${route}, ${toldIn})`;
}

/** Takes a solved challenge; false when it had been taken before. */
export async function useChallenge(sql: Sql, { hash, expiresAt }: { hash: Buffer; expiresAt: Date }): Promise<boolean> {
  const { count } = await sql`
    INSERT INTO used_challenge (hash, expires_at) VALUES (${hash}, ${expiresAt.toISOString()}) ON CONFLICT DO NOTHING`;
  return count === 1;
}

/** Absent when it has been erased. */
export async function findMessage(sql: Sql, id: string): Promise<StoredMessage | undefined> {
  const [message] = await sql<StoredMessage[]>`
    SELECT id, received_at AS "receivedAt", name, email, body, to_jsonb(flags) AS flags FROM contact_message WHERE id = ${id}`;
  return message;
}

/** Forgets messages, read or not, after so many days, and challenges that have expired. */
export async function removeOldMessages(sql: Sql, days: number): Promise<number> {
  await sql`DELETE FROM used_challenge WHERE expires_at < now() - interval '1 day'`;
  const { count } = await sql`DELETE FROM contact_message WHERE received_at < now() - ${days} * interval '1 day'`;
  return count;
}
