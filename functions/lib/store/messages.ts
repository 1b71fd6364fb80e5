/** Messages of the contact form. */
import type { Sql } from "./database.ts";

export interface NewMessage {
  readonly id: string;
  /** Keyed hashes of the content in this and in the previous ten minutes. */
  readonly repeatKey: Buffer;
  readonly earlierRepeatKey: Buffer;
  readonly name: string;
  readonly email: string;
  readonly body: string;
  readonly score: number;
  readonly flags: readonly string[];
}

export interface StoredMessage {
  readonly id: string;
  readonly receivedAt: Date;
  readonly name: string;
  readonly email: string;
  readonly body: string;
  readonly flags: readonly string[];
}

/** The id under which the message is stored: another than the given one when it had already been sent. */
export async function storeMessage(sql: Sql, message: NewMessage): Promise<string> {
  const { id, repeatKey, earlierRepeatKey, name, email, body, score } = message;
  const [stored] = await sql<{ id: string }[]>`
    INSERT INTO contact_message (id, idem_key, name, email, body, score, flags)
    SELECT ${id}, ${repeatKey}, ${name}, ${email}, ${body}, ${score}, string_to_array(${message.flags.join(",")}, ',')
    WHERE NOT EXISTS (SELECT FROM contact_message WHERE idem_key = ${earlierRepeatKey})
    ON CONFLICT (idem_key) DO NOTHING
    RETURNING id`;
  if (stored) return stored.id;
  const [earlier] = await sql<{ id: string }[]>`
    SELECT id FROM contact_message WHERE idem_key IN (${repeatKey}, ${earlierRepeatKey}) ORDER BY received_at LIMIT 1`;
  if (!earlier) throw new Error("a message was neither stored nor known");
  return earlier.id;
}

/** Absent when it has been erased. */
export async function findMessage(sql: Sql, id: string): Promise<StoredMessage | undefined> {
  const [message] = await sql<StoredMessage[]>`
    SELECT id, received_at AS "receivedAt", name, email, body, to_jsonb(flags) AS flags FROM contact_message WHERE id = ${id}`;
  return message;
}
