/** Takes a sign-up: the same answer for every address, and a mail that asks its owner. */
import { randomUUID } from "node:crypto";
import { type Call, wantsJson } from "../http/call.ts";
import { readForm } from "../http/form.ts";
import { comesFromHere } from "../http/origin.ts";
import { foreignOrigin, invalid, unavailable } from "../http/problem.ts";
import { refusal } from "../http/refusal.ts";
import { json, seeOther } from "../http/respond.ts";
import { limits } from "../limits.ts";
import { errorFields, log } from "../log.ts";
import { type Address, normalAddress, parseAddress } from "../mail/address.ts";
import { messageIdOf } from "../mail/mailer.ts";
import type { MailServices } from "../mail-services.ts";
import { deliverOne } from "../outbox/deliver.ts";
import { DatabaseDown } from "../store/database.ts";
import { signUp } from "../store/subscribers.ts";
import { consentOf } from "./consent.ts";
import { signUpInvalidPage, signUpUnavailablePage } from "./pages.ts";

const noAddress = { field: "email", detail: "Enter your e-mail address, like name@example.com." };

/** 303, or 202 for a program, whoever it is: a stranger learns nothing about an address. */
export async function takeSignUp(services: MailServices, call: Call): Promise<Response> {
  if (!comesFromHere(call, services.siteUrl)) return refusal(call, foreignOrigin);
  const form = await readForm(call.request, { maxBytes: limits.formBodyMaxBytes, names: ["email"] });
  if (!form.ok) return refusal(call, form.problem);
  const forProgram = wantsJson(call.request);
  const address = parseAddress((form.value.email ?? "").trim());
  if (!address) return forProgram ? refusal(call, invalid([noAddress])) : signUpInvalidPage(form.value, [noAddress]);
  if (!(await store(services, call, address))) {
    return forProgram ? refusal(call, unavailable) : signUpUnavailablePage(form.value);
  }
  return forProgram ? json(202, { status: "check your mail" }) : seeOther("/newsletter/check-your-mail/");
}

/** False when there is no database. The mail goes after the answer, whose time would tell who is new. */
async function store(services: MailServices, call: Call, address: Address): Promise<boolean> {
  const { database, keys, config } = services;
  const outboxId = randomUUID();
  const entry = {
    email: address.address,
    norm: normalAddress(address),
    consent: consentOf(keys, call),
    outboxId,
    messageId: messageIdOf(outboxId, config.mailFrom),
  };
  try {
    if (await database.run((sql) => signUp(sql, entry))) call.later(deliverOne(services, outboxId));
    return true;
  } catch (error) {
    if (!(error instanceof DatabaseDown)) throw error;
    log("error", "sign-up not stored", errorFields(error));
    return false;
  }
}
