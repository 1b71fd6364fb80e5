/** Takes a sign-up: the same answer for every address, and a mail that asks its owner. */
import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type Call, wantsJson } from "../http/call.ts";
import { type Fields, readForm } from "../http/form.ts";
import { comesFromHere } from "../http/origin.ts";
import { foreignOrigin, invalid, type Problem, tooMany, unavailable } from "../http/problem.ts";
import { makeChallenge, readProof, workFirst } from "../http/proof.ts";
import { refusal } from "../http/refusal.ts";
import { json, seeOther } from "../http/respond.ts";
import { limits } from "../limits.ts";
import { errorFields, log } from "../log.ts";
import { type Address, normalAddress, parseAddress } from "../mail/address.ts";
import { messageIdOf } from "../mail/mailer.ts";
import type { MailServices } from "../mail-services.ts";
import { deliverOne } from "../outbox/deliver.ts";
import { DatabaseDown, type Sql } from "../store/database.ts";
import { useChallenge } from "../store/messages.ts";
import { promise, waitOf } from "../store/rate-bucket.ts";
import { askForSubscriber, enqueueForSubscriber, spendOfAddress } from "../store/subscribers.ts";
import { budgetOfDomain, budgetsOfLine, type Line, spendOfNetwork } from "./budgets.ts";
import { consentOf } from "./consent.ts";
import { noAddress, signUpInvalidPage, signUpRefusedPage } from "./pages.ts";

/** The page's script adds `times`, by which it says that it can work when asked, and `proof`. */
const names = ["email", "times", "proof"] as const;

/** 303, or 202 for a program, whoever it is: a stranger learns nothing about an address. */
export async function takeSignUp(services: MailServices, call: Call): Promise<Response> {
  if (!comesFromHere(call, services.siteUrl)) return refusal(call, foreignOrigin);
  const form = await readForm(call.request, { maxBytes: limits.formBodyMaxBytes, names });
  if (!form.ok) return refusal(call, form.problem);
  const forProgram = wantsJson(call.request);
  const address = parseAddress((form.value.email ?? "").trim());
  if (!address) return forProgram ? refusal(call, invalid([noAddress])) : signUpInvalidPage(form.value, [noAddress]);
  const problem = await take(services, { call, address, fields: form.value });
  if (problem) return forProgram ? refusal(call, problem) : signUpRefusedPage(problem, form.value);
  return forProgram ? json(202, { status: "check your mail" }) : seeOther("/newsletter/check-your-mail/");
}

interface SignUp {
  readonly call: Call;
  readonly address: Address;
  readonly fields: Fields<(typeof names)[number]>;
}

type Taken =
  | { readonly kind: "refused"; readonly problem: Problem }
  /** `outboxId` of a mail that is due. */
  | { readonly kind: "stored"; readonly outboxId: string | undefined };

/** What stands in its way, if anything. The mail goes after the answer, whose time would tell who is new. */
async function take(services: MailServices, signUp: SignUp): Promise<Problem | undefined> {
  try {
    const taken = await services.database.transaction((sql) => store(sql, services, signUp));
    if (taken.kind === "refused") return taken.problem;
    const { outboxId } = taken;
    // Not begun before the answer has gone either.
    if (outboxId) signUp.call.later(nextTurn().then(() => deliverOne(services, outboxId)));
    return undefined;
  } catch (error) {
    if (!(error instanceof DatabaseDown)) throw error;
    log("error", "sign-up not stored", errorFields(error));
    return unavailable;
  }
}

/** The same statements for every address, whatever is known of it: what is not wanted is done to no row. */
async function store(sql: Sql, services: MailServices, { call, address, fields }: SignUp): Promise<Taken> {
  const { keys, config } = services;
  const line = await lineFor(sql, services, { call, fields });
  if (typeof line !== "string") return { kind: "refused", problem: line };
  const norm = normalAddress(address);
  const { id, status, consentNo } = await askForSubscriber(sql, { email: address.address, norm });
  const isWanted = await spendOfAddress(sql, {
    hash: keys.hash("sign-up", norm),
    hashes: [...keys.hashes("sign-up", norm), ...keys.hashes("suppression", norm)],
    subscriberId: id,
    isNew: status === "pending",
  });
  const waitSeconds = await promise(sql, [budgetOfDomain(keys, norm), ...budgetsOfLine(keys, line)], isWanted);
  const outboxId = randomUUID();
  await enqueueForSubscriber(sql, {
    kind: status === "confirmed" ? "subscribed" : "confirm",
    subscriberId: id,
    outboxId,
    messageId: messageIdOf(outboxId, config.mailFrom),
    waitSeconds,
    asked: { consentNo, consent: consentOf(keys, call) },
    isWanted,
  });
  return { kind: "stored", outboxId: isWanted && waitSeconds === 0 ? outboxId : undefined };
}

/**
 * Where the mail may stand, before anything is known of the address: so what is refused tells nothing of it. While mails
 * have to wait, a browser with the page's script has to work, and stands in the shorter line then.
 */
async function lineFor(
  sql: Sql,
  services: MailServices,
  { call, fields }: Omit<SignUp, "address">,
): Promise<Line | Problem> {
  const { keys } = services;
  const seconds = await spendOfNetwork(sql, keys, call.ip);
  if (seconds !== undefined) return tooMany(seconds);
  const waitSeconds = await waitOf(sql, budgetsOfLine(keys, "open"));
  if (waitSeconds === 0) return "open";
  const proof = readProof(services, "subscribe-proof", fields.proof);
  if (proof && (await useChallenge(sql, proof))) return "proven";
  if (fields.times) return workFirst(makeChallenge(services, "subscribe-proof"));
  return waitSeconds <= limits.subscribeWaitMaxHours * 3600 ? "open" : tooMany(3600);
}
