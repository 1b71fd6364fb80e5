/** What every test of doors that mail begins with. */
import { afterAll, beforeAll, beforeEach } from "vitest";
import { closeServices } from "../../../functions/lib/services.ts";
import { emptyDatabase } from "./database.ts";
import { setEnvironment } from "./environment.ts";
import { type Mailbox, openMailbox } from "./mailbox.ts";

/** A mailbox that works, and nothing in it or in the database when a test begins. */
export function startFresh(): { readonly mailbox: Mailbox } {
  const opened = {} as { mailbox: Mailbox };
  beforeAll(async () => {
    opened.mailbox = await openMailbox();
  });
  beforeEach(async () => {
    opened.mailbox.deliveries.length = 0;
    opened.mailbox.refuseWith = undefined;
    await setEnvironment({ SMTP_URL: opened.mailbox.url });
    await emptyDatabase();
  });
  afterAll(async () => {
    await closeServices();
    await opened.mailbox.down();
  });
  return opened;
}
