/** Tells the owner by mail when the newsletter needs a decision: posts held, an issue stuck, a database woken up. */
import { createHash, randomUUID } from "node:crypto";
import { html } from "../../../site/html.ts";
import { mailPage } from "../mail/mail-page.ts";
import { type Mail, messageIdOf } from "../mail/mailer.ts";
import type { Services } from "../services.ts";
import { enqueueForOwner } from "../store/outbox.ts";
import { describeBooks, openBooks } from "./books.ts";

/** `event` names what happened; each is told once. */
export async function tellOwner({ database, config }: Services, event: string): Promise<void> {
  const id = randomUUID();
  const name = createHash("sha256").update(event).digest("hex").slice(0, 32);
  await database.run((sql) =>
    enqueueForOwner(sql, { id, dedupeKey: `newsletter:${name}`, messageId: messageIdOf(id, config.mailFrom) }),
  );
}

/** What `npm run newsletter` would say at this moment: the books may have moved on since it was put into the outbox. */
export async function ownerMail({ database, config, site }: Services, messageId: string): Promise<Mail> {
  const status = describeBooks(await database.run(openBooks), config.sendEpoch);
  const title = `The newsletter of ${site.site.title} needs you`;
  const why =
    "Something waits for your decision, or did not go on for a quarter of an hour. npm run newsletter says how it is now; this is how it was:";
  return {
    messageId,
    to: config.contactTo,
    subject: title,
    text: `${why}\n\n${status}`,
    html: mailPage({ language: site.site.language, title, body: html`<p>${why}</p>\n<pre>${status}</pre>` }),
  };
}
