/** Mails a message to the owner when there is no database: then the mail itself is its record. */
import { setTimeout as wait } from "node:timers/promises";
import { limits } from "../limits.ts";
import { errorFields, log } from "../log.ts";
import type { MailServices } from "../mail-services.ts";
import type { Message } from "./message.ts";
import { noticeMail, onlyRecord } from "./notice-mail.ts";

interface Attempt {
  readonly at: number;
  readonly sending: Promise<void>;
}

/** Of this instance, by message: without a database each instance can only count for itself. */
const attempts = new WeakMap<MailServices["database"], Map<string, Attempt>>();

/** Whether the relay took the mail in time. The same message is mailed once an hour, and no more than twenty are. */
export async function sendDirectly(services: MailServices, id: string, message: Message): Promise<boolean> {
  const recent = recentAttempts(services);
  const known = recent.get(id);
  if (!known && recent.size >= limits.contactDirectPerHour) return false;
  const sending = known?.sending ?? send(services, id, message);
  if (!known) recent.set(id, { at: services.clock().getTime(), sending });
  try {
    await Promise.race([sending, tooLate()]);
    if (!known) log("warn", "message mailed without the database", { message: id });
    return true;
  } catch (error) {
    // Another try may pass. A copy that arrives all the same has the same Message-ID.
    recent.delete(id);
    log("error", "message not mailed", { message: id, ...errorFields(error) });
    return false;
  }
}

function send({ mailer, clock, ...services }: MailServices, id: string, message: Message): Promise<void> {
  const stored = { id, receivedAt: clock(), ...message };
  return mailer.send(noticeMail({ ...services, clock }, stored, onlyRecord));
}

function recentAttempts({ database, clock }: MailServices): Map<string, Attempt> {
  const recent = attempts.get(database) ?? new Map<string, Attempt>();
  attempts.set(database, recent);
  const hourAgo = clock().getTime() - 3_600_000;
  for (const [id, { at }] of recent) if (at < hourAgo) recent.delete(id);
  return recent;
}

async function tooLate(): Promise<never> {
  await wait(limits.contactSendWaitMs, undefined, { ref: false });
  throw Object.assign(new Error("the relay takes too long"), { code: "ETIMEDOUT" });
}
