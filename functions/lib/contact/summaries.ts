/** Sees to it that the owner learns of messages that had no mail of their own. */
import { randomUUID } from "node:crypto";
import { messageIdOf } from "../mail/mailer.ts";
import type { Services } from "../services.ts";
import { enqueueQuarantineList, enqueueSummary } from "../store/summaries.ts";

/** How many mails it put into the outbox: of the hour's messages, of the week's quarantine. */
export async function enqueueSummaries({ database, config }: Services): Promise<number> {
  const queued = await Promise.all(
    [enqueueSummary, enqueueQuarantineList].map((enqueue) => {
      const id = randomUUID();
      return database.run((sql) => enqueue(sql, { id, messageId: messageIdOf(id, config.mailFrom) }));
    }),
  );
  return queued.filter(Boolean).length;
}
