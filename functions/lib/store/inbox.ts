/** Messages of the contact form as their owner sees and keeps them. */
import type { Sql } from "./database.ts";
import type { Route } from "./messages.ts";

export const messageStates = ["new", "read", "answered", "junk"] as const;
export type MessageState = (typeof messageStates)[number];

export interface InboxMessage {
  readonly id: string;
  readonly receivedAt: Date;
  readonly name: string;
  readonly email: string;
  readonly body: string;
  readonly state: MessageState;
  readonly route: Route;
  readonly score: number;
  readonly flags: readonly string[];
}

export interface Wanted {
  readonly state?: MessageState | undefined;
  readonly quarantine?: boolean | undefined;
  /** Whatever its case. */
  readonly email?: string | undefined;
  readonly limit?: number | undefined;
}

/** Newest first. */
export async function findMessages(
  sql: Sql,
  { state, quarantine, email, limit }: Wanted,
): Promise<readonly InboxMessage[]> {
  return sql<InboxMessage[]>`
    SELECT ${columns(sql)} FROM contact_message
    WHERE (${state ?? null}::text IS NULL OR state = ${state ?? null})
      AND (NOT ${quarantine ?? false}::boolean OR route = 'quarantine')
      AND (${email ?? null}::text IS NULL OR lower(email) = lower(${email ?? null}))
    ORDER BY received_at DESC, id LIMIT ${limit ?? null}::int`;
}

/** Those whose id begins like this: none, or one when the beginning is long enough. At most two. */
export async function findById(sql: Sql, beginning: string): Promise<readonly InboxMessage[]> {
  return sql<InboxMessage[]>`
    SELECT ${columns(sql)} FROM contact_message WHERE starts_with(id::text, ${beginning.toLowerCase()}) LIMIT 2`;
}

/** Of who marks a message it is known that he has seen it: no list tells him of it again. */
export async function markMessage(sql: Sql, id: string, state: MessageState): Promise<void> {
  await sql`UPDATE contact_message SET state = ${state}, told_at = coalesce(told_at, now()) WHERE id = ${id}`;
}

/** With the record of its mail. Whether it was there. */
export async function eraseMessage(sql: Sql, id: string): Promise<boolean> {
  const { count } = await sql`DELETE FROM contact_message WHERE id = ${id}`;
  return count === 1;
}

function columns(sql: Sql) {
  return sql`id, received_at AS "receivedAt", name, email, body, state, route, score, to_jsonb(flags) AS flags`;
}
