/** Asks the owner of a new address whether a subscriber's mail may go there. */
import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { FieldProblem } from "../../../site/forms/field.ts";
import type { Call } from "../http/call.ts";
import { log } from "../log.ts";
import { normalAddress, parseAddress } from "../mail/address.ts";
import { messageIdOf } from "../mail/mailer.ts";
import type { MailServices } from "../mail-services.ts";
import { deliverOne } from "../outbox/deliver.ts";
import { noteAddressChange, ownersOf } from "../store/address-change.ts";
import type { Sql } from "../store/database.ts";
import { promise } from "../store/rate-bucket.ts";
import { enqueueForSubscriber, spendOfAddress } from "../store/subscribers.ts";
import { budgetOfDomain, budgetsOfLine } from "./budgets.ts";
import { noAddress } from "./pages.ts";

interface Wish {
  readonly call: Call;
  readonly id: string;
  readonly typedEmail: string;
}

/**
 * What is wrong with the address, if anything. Says nothing of whether somebody else has it: the mail that goes there does.
 */
export async function askAtNewAddress(
  services: MailServices,
  { call, id, typedEmail }: Wish,
): Promise<FieldProblem | undefined> {
  const address = parseAddress(typedEmail.trim());
  if (!address) return noAddress;
  const wish = { id, email: address.address, norm: normalAddress(address) };
  const asked = await services.database.transaction((sql) => ask(sql, services, wish));
  if (asked === "own") return { field: "email", detail: "This is the address that you have already." };
  const { outboxId } = asked;
  // Not begun before the answer has gone: its time would tell whether a mail goes.
  if (outboxId) call.later(nextTurn().then(() => deliverOne(services, outboxId)));
  log("info", "address change asked", { subscriber: id });
  return undefined;
}

/** The same statements whoever has the address. */
async function ask(sql: Sql, services: MailServices, wish: { id: string; email: string; norm: string }) {
  const { keys, config } = services;
  const { id, email, norm } = wish;
  const { own, other } = await ownersOf(sql, id, norm);
  if (own?.norm === norm) return "own";
  const isAllowed = await spendOfAddress(sql, {
    hash: keys.hash("sign-up", norm),
    hashes: [...keys.hashes("sign-up", norm), ...keys.hashes("suppression", norm)],
    subscriberId: other?.id,
    isNew: other === undefined || other.status === "pending",
  });
  const isWanted = isAllowed && own !== undefined;
  const waitSeconds = await promise(sql, [budgetOfDomain(keys, norm), ...budgetsOfLine(keys, "open")], isWanted);
  const isTaken = other?.status === "confirmed";
  await noteAddressChange(sql, { id, email, norm, isWanted: isWanted && !isTaken });
  const outboxId = randomUUID();
  await enqueueForSubscriber(sql, {
    kind: isTaken ? "subscribed" : "address",
    subscriberId: isTaken ? other.id : id,
    outboxId,
    messageId: messageIdOf(outboxId, config.mailFrom),
    waitSeconds,
    isWanted,
  });
  return { outboxId: isWanted && waitSeconds === 0 ? outboxId : undefined };
}
