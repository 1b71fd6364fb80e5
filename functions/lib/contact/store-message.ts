/** Stores a message and its notice to the owner in one transaction, once however often it is sent. */
import { randomUUID } from "node:crypto";
import type { Call } from "../http/call.ts";
import { readProof } from "../http/proof.ts";
import { limits } from "../limits.ts";
import { messageIdOf } from "../mail/mailer.ts";
import type { Services } from "../services.ts";
import type { Sql } from "../store/database.ts";
import { findRepeat, insertMessage, lockContent, type Route, useChallenge } from "../store/messages.ts";
import { enqueueNotice } from "../store/outbox.ts";
import { spendNotice, spendOfDay, spendOfHour, spendOfNetwork } from "./budgets.ts";
import type { Identity } from "./identity.ts";
import type { Received } from "./message.ts";

export type Stored =
  /** `outboxId` of its own notice, if there is one and this call made it. */
  | { readonly kind: "stored"; readonly id: string; readonly isNew: boolean; readonly outboxId?: string | undefined }
  /** Not stored: too much from this network, or of everything. */
  | { readonly kind: "limited"; readonly seconds: number }
  /** Not stored: the browser has to work first. */
  | { readonly kind: "unproven" };

/** Rejects with DatabaseDown within five seconds. */
export function storeWithNotice(
  services: Services,
  call: Call,
  letter: { readonly received: Received; readonly identity: Identity },
): Promise<Stored> {
  const database = services.database.within(limits.contactDatabaseWaitMs);
  return database.transaction((sql) => store(sql, { services, call, ...letter }));
}

interface Job {
  readonly services: Services;
  readonly call: Call;
  readonly received: Received;
  readonly identity: Identity;
}

async function store(sql: Sql, job: Job): Promise<Stored> {
  const { services, call, received, identity } = job;
  const { keys } = services;
  // One after the other, so that the second of two equal messages costs nothing and finds the first.
  await lockContent(sql, identity.contentHash);
  const earlier = await findRepeat(sql, identity.known);
  if (earlier) return { kind: "stored", id: earlier, isNew: false };
  const seconds = (await spendOfNetwork(sql, keys, call.ip)) ?? (await spendOfDay(sql, keys));
  if (seconds !== undefined) return { kind: "limited", seconds };
  const spent = await spendOfHour(sql, keys, received.message.email);
  const needsProof = spent.has("busy") || received.message.score >= limits.contactProofScore;
  const proof = needsProof ? readProof(services, "contact-proof", received.proof) : undefined;
  const isUnproven = needsProof && !(proof && (await useChallenge(sql, proof)));
  if (isUnproven && received.isByScript) return { kind: "unproven" };
  return insert(sql, job, { spent, isUnproven });
}

interface Circumstances {
  readonly spent: ReadonlySet<"address" | "busy">;
  /** Work was wanted, and there is none. */
  readonly isUnproven: boolean;
}

/** Nothing from here on refuses: how the message looks decides only how the owner learns of it. */
async function insert(sql: Sql, job: Job, { spent, isUnproven }: Circumstances): Promise<Stored> {
  const { keys, config } = job.services;
  const { message } = job.received;
  const score = message.score + (isUnproven ? 1 : 0);
  const flags = [...message.flags, ...spent, ...(isUnproven ? ["no proof"] : [])];
  const isSuspect = score > limits.contactQuarantineScore || spent.has("address") || (spent.has("busy") && isUnproven);
  const route: Route = isSuspect ? "quarantine" : (await spendNotice(sql, keys)) ? "notice" : "summary";
  const outboxId = route === "notice" ? randomUUID() : undefined;
  const { id, repeatKey, requestKey } = job.identity;
  await insertMessage(sql, { ...message, id, repeatKey, requestKey, score, flags, route, toldIn: outboxId ?? null });
  if (outboxId) {
    await enqueueNotice(sql, { id: outboxId, contactMessageId: id, messageId: messageIdOf(id, config.mailFrom) });
  }
  return { kind: "stored", id, isNew: true, outboxId };
}
