/** Takes a message of the contact form: stored, or in the owner's mail, before the visitor reads "sent". */
import { setTimeout as wait } from "node:timers/promises";
import { type Call, wantsJson } from "../http/call.ts";
import { readForm } from "../http/form.ts";
import { comesFromHere } from "../http/origin.ts";
import { foreignOrigin, invalid, type Problem, tooMany } from "../http/problem.ts";
import { makeChallenge, workFirst } from "../http/proof.ts";
import { refusal } from "../http/refusal.ts";
import { json, seeOther } from "../http/respond.ts";
import { limits } from "../limits.ts";
import { errorFields, log } from "../log.ts";
import type { MailServices } from "../mail-services.ts";
import { deliverOne } from "../outbox/deliver.ts";
import { identify } from "./identity.ts";
import { contactFields, parseMessage, type Received } from "./message.ts";
import { givenBackPage, invalidPage, type Values } from "./pages.ts";
import { outOfOrder } from "./problems.ts";
import { sendDirectly } from "./send-directly.ts";
import { storeWithNotice } from "./store-message.ts";

/** 303 or, for a program, 201 once the message is taken; a program reads 200 when it had been taken before. */
export async function receiveMessage(services: MailServices, call: Call): Promise<Response> {
  if (!comesFromHere(call, services.siteUrl)) return refusal(call, foreignOrigin);
  const wish = { maxBytes: limits.contactBodyMaxBytes, names: contactFields, keepsBeginning: true };
  const form = await readForm(call.request, wish);
  if (!form.ok)
    return form.partial ? giveBack(services, call, form.problem, form.partial) : refusal(call, form.problem);
  const parsed = parseMessage(form.value);
  if (!parsed.ok) {
    return wantsJson(call.request) ? refusal(call, invalid(parsed.problems)) : invalidPage(form.value, parsed.problems);
  }
  const taken = await take(services, call, parsed.received);
  if (!taken.ok) return giveBack(services, call, taken.problem, form.value);
  if (!wantsJson(call.request)) return seeOther("/contact/sent/");
  return json(taken.isNew ? 201 : 200, { status: "accepted", id: taken.id });
}

type Taken =
  | { readonly ok: true; readonly id: string; readonly isNew: boolean }
  | { readonly ok: false; readonly problem: Problem };

/** Into the database or, when that cannot take it, straight to the owner's mail. */
async function take(services: MailServices, call: Call, received: Received): Promise<Taken> {
  const identity = identify(services.keys, received, services.clock());
  try {
    const stored = await storeWithNotice(services, call, { received, identity });
    if (stored.kind === "limited") return { ok: false, problem: tooMany(stored.seconds) };
    if (stored.kind === "unproven") return { ok: false, problem: workFirst(makeChallenge(services, "contact-proof")) };
    log("info", stored.isNew ? "message stored" : "message repeated", { message: stored.id });
    if (stored.outboxId) await notify(services, call, stored.outboxId);
    return { ok: true, id: stored.id, isNew: stored.isNew };
  } catch (error) {
    // Whatever is broken, it is not the visitor's message that suffers for it.
    log("error", "message not stored", errorFields(error));
    const { id } = identity;
    const isSent = await sendDirectly(services, id, received.message);
    return isSent ? { ok: true, id, isNew: true } : { ok: false, problem: outOfOrder };
  }
}

/** Tried at once; what takes longer goes on after the answer, and what fails is left to the sweep. */
async function notify(services: MailServices, { later }: Call, outboxId: string): Promise<void> {
  const delivery = deliverOne(services, outboxId);
  later(delivery);
  await Promise.race([delivery, wait(limits.contactSendWaitMs, undefined, { ref: false })]);
}

function giveBack({ site }: MailServices, call: Call, problem: Problem, values: Values): Response {
  return wantsJson(call.request) ? refusal(call, problem) : givenBackPage(site, problem, values);
}
