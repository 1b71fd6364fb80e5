/** Stores a message and its notice to the owner in one transaction, once however often it is sent. */
import { randomUUID } from "node:crypto";
import type { KeyRing } from "../keys.ts";
import { limits } from "../limits.ts";
import { messageIdOf } from "../mail/mailer.ts";
import type { Services } from "../services.ts";
import { storeMessage } from "../store/messages.ts";
import { enqueueNotice } from "../store/outbox.ts";
import type { Message } from "./message.ts";

export interface Stored {
  readonly id: string;
  readonly outboxId: string;
  /** Whether this call stored it; a repeated message keeps the id of the first, and has no `outboxId` of its own. */
  readonly isNew: boolean;
}

export async function storeWithNotice(services: Services, message: Message): Promise<Stored> {
  const { database, keys, clock, config } = services;
  const [fresh, outboxId] = [randomUUID(), randomUUID()];
  const repeat = repeatKeys(keys, message, clock());
  const id = await database.transaction(async (sql) => {
    const contactMessageId = await storeMessage(sql, { id: fresh, ...message, ...repeat });
    const messageId = messageIdOf(outboxId, config.mailFrom);
    await enqueueNotice(sql, { id: outboxId, contactMessageId, messageId });
    return contactMessageId;
  });
  return { id, outboxId, isNew: id === fresh };
}

/** The same text of the same person has the same key for ten minutes; the key of the ten minutes before counts as well. */
function repeatKeys(keys: KeyRing, { name, email, body }: Message, now: Date) {
  const period = Math.floor(now.getTime() / (limits.contactRepeatMinutes * 60_000));
  const keyOf = (each: number) => keys.hash("contact-repeat", JSON.stringify([each, name, email.toLowerCase(), body]));
  return { repeatKey: keyOf(period), earlierRepeatKey: keyOf(period - 1) };
}
