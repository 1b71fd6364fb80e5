/** Sends what waits in the outbox, one mail at a time, and notes what became of it. */
import { setTimeout as wait } from "node:timers/promises";
import { limits } from "../limits.ts";
import { errorCode, errorFields, log } from "../log.ts";
import type { MailServices } from "../mail-services.ts";
import { type Claim, claim, fail, finish } from "../store/outbox.ts";
import { composeMail } from "./compose.ts";

type Outcome = "sent" | "skipped" | "retry" | "failed";

export type DeliveryReport = Readonly<Record<Outcome, number>>;

/** Tries one entry, if it is due. Never rejects: what fails here is tried again by the sweep. */
export async function deliverOne(services: MailServices, id: string): Promise<void> {
  try {
    const claimed = await services.database.run((sql) => claim(sql, id));
    if (claimed) await deliver(services, claimed);
  } catch (error) {
    log("error", "outbox not reached", { outbox: id, ...errorFields(error) });
  }
}

/** Sends until nothing is due, time is over (milliseconds of the services' clock), or the relay does not answer. */
export async function deliverDue(services: MailServices, until: number): Promise<DeliveryReport> {
  const report = { sent: 0, skipped: 0, retry: 0, failed: 0 };
  while (services.clock().getTime() < until) {
    const claimed = await services.database.run((sql) => claim(sql));
    if (!claimed) break;
    const { outcome, relayDown } = await deliver(services, claimed);
    report[outcome] += 1;
    // The others keep their tries: what is wrong is not wrong with them.
    if (relayDown) break;
  }
  return report;
}

async function deliver(services: MailServices, claimed: Claim): Promise<{ outcome: Outcome; relayDown: boolean }> {
  const ids = { outbox: claimed.id, kind: claimed.kind, attempt: claimed.attempts };
  let outcome: "sent" | "skipped";
  try {
    outcome = await composeAndSend(services, claimed);
  } catch (error) {
    const state = await noteFailure(services, claimed, error);
    log("warn", "mail not sent", { ...ids, state, response: responseCode(error), ...errorFields(error) });
    return { outcome: state === "failed" ? "failed" : "retry", relayDown: isRelayDown(error) };
  }
  await services.database.run((sql) => finish(sql, claimed, outcome));
  log("info", `mail ${outcome}`, ids);
  return { outcome, relayDown: false };
}

async function composeAndSend(services: MailServices, claimed: Claim): Promise<"sent" | "skipped"> {
  const mail = await composeMail(services, claimed);
  if (!mail) return "skipped";
  const tooLate = wait(limits.mailMaxMs, undefined, { ref: false }).then(() => {
    throw Object.assign(new Error("the relay takes too long"), { code: "ETIMEDOUT" });
  });
  await Promise.race([services.mailer.send(mail), tooLate]);
  return "sent";
}

async function noteFailure({ database, random }: MailServices, claimed: Claim, error: unknown) {
  const response = responseCode(error);
  const code = [errorCode(error) ?? "UNKNOWN", response].filter(Boolean).join(" ");
  // The owner's own relay may be set right within days; a stranger's mailbox that is refused does not exist.
  const final = claimed.subscriberId !== null && errorCode(error) === "EENVELOPE" && (response ?? 0) >= 500;
  const jitter = 0.8 + (0.4 * random(1).readUInt8()) / 255;
  return database.run((sql) => fail(sql, claimed, { code, final, jitter }));
}

/** The SMTP reply's number; absent when there was none. */
function responseCode(error: unknown): number | undefined {
  const code = error instanceof Error && "responseCode" in error ? error.responseCode : undefined;
  return typeof code === "number" ? code : undefined;
}

/** No reply, a login refused, or "closing": the next mail would fare no better. */
function isRelayDown(error: unknown): boolean {
  const response = responseCode(error);
  return response === undefined || response === 421 || errorCode(error) === "EAUTH";
}
