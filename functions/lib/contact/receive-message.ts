/** Takes a message of the contact form: stored with its notice to the owner before the visitor reads "sent". */
import { setTimeout as wait } from "node:timers/promises";
import { type Call, wantsJson } from "../http/call.ts";
import { readForm } from "../http/form.ts";
import { comesFromHere } from "../http/origin.ts";
import { foreignOrigin, invalid, unavailable } from "../http/problem.ts";
import { refusal } from "../http/refusal.ts";
import { json, seeOther } from "../http/respond.ts";
import { limits } from "../limits.ts";
import { errorFields, log } from "../log.ts";
import type { MailServices } from "../mail-services.ts";
import { deliverOne } from "../outbox/deliver.ts";
import { DatabaseDown } from "../store/database.ts";
import { contactFields, type Message, parseMessage } from "./message.ts";
import { invalidPage, unavailablePage } from "./pages.ts";
import { storeWithNotice } from "./store-message.ts";

/** 303 or, for a program, 201 once the message is stored; a program reads 200 when it had been stored before. */
export async function receiveMessage(services: MailServices, call: Call): Promise<Response> {
  if (!comesFromHere(call, services.siteUrl)) return refusal(call, foreignOrigin);
  const form = await readForm(call.request, { maxBytes: limits.contactBodyMaxBytes, names: contactFields });
  if (!form.ok) return refusal(call, form.problem);
  const parsed = parseMessage(form.value);
  const forProgram = wantsJson(call.request);
  if (!parsed.ok)
    return forProgram ? refusal(call, invalid(parsed.problems)) : invalidPage(form.value, parsed.problems);
  const stored = await store(services, call, parsed.message);
  if (!stored) return forProgram ? refusal(call, unavailable) : unavailablePage(services.site, form.value);
  if (!forProgram) return seeOther("/contact/sent/");
  return json(stored.isNew ? 201 : 200, { status: "accepted", id: stored.id });
}

/** Absent when there is no database. The notice is tried at once; what takes longer is left to the sweep. */
async function store(services: MailServices, { requestId }: Call, message: Message) {
  try {
    const stored = await storeWithNotice(services, message);
    log("info", stored.isNew ? "message stored" : "message repeated", { requestId, message: stored.id });
    if (stored.isNew) await Promise.race([deliverOne(services, stored.outboxId), patience()]);
    return stored;
  } catch (error) {
    if (!(error instanceof DatabaseDown)) throw error;
    log("error", "message not stored", { requestId, ...errorFields(error) });
    return undefined;
  }
}

function patience(): Promise<void> {
  return wait(limits.contactSendWaitMs, undefined, { ref: false });
}
