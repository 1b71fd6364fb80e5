/** Confirms a subscription, or a new address of one. Opening the link only shows a button: mail scanners open links, people press buttons. */
import type { Call } from "../http/call.ts";
import { readForm } from "../http/form.ts";
import { comesFromHere } from "../http/origin.ts";
import { namesPerson } from "../http/person.ts";
import { foreignOrigin } from "../http/problem.ts";
import { refusal } from "../http/refusal.ts";
import { limits } from "../limits.ts";
import { log } from "../log.ts";
import type { Services } from "../services.ts";
import { type AddressLink, changeAddress } from "../store/address-change.ts";
import { type Confirmation, confirm, liftSuppression } from "../store/consent.ts";
import { consentOf } from "./consent.ts";
import { askToConfirmPage, badLinkPage, changedPage, takenPage, welcomePage } from "./pages.ts";
import { readAddressToken, readConfirmToken, subscriberToken } from "./tokens.ts";

/** The page with the button. Reads nothing but the token; the database decides when the button is pressed. */
export function askToConfirm({ keys, clock }: Services, call: Call): Response {
  const token = call.url.searchParams.get("token") ?? "";
  const link = readConfirmToken(keys, token) ?? readAddressToken(keys, token);
  if (!link || link.expiresAt * 1000 <= clock().getTime()) return badLinkPage();
  return askToConfirmPage({
    token,
    what: "changeId" in link ? "address" : "subscription",
    hasBox: !namesPerson(call),
  });
}

/** Confirms; a second press finds the same page. Without a sign of a person the page with the button comes again. */
export async function confirmSubscription(services: Services, call: Call): Promise<Response> {
  const { keys, siteUrl } = services;
  if (!comesFromHere(call, siteUrl)) return refusal(call, foreignOrigin);
  const form = await readForm(call.request, { maxBytes: limits.formBodyMaxBytes, names: ["token", "person"] });
  if (!form.ok) return refusal(call, form.problem);
  const { token = "", person } = form.value;
  const [link, address] = [readConfirmToken(keys, token), readAddressToken(keys, token)];
  if (!link && !address) return badLinkPage();
  if (!namesPerson(call) && person !== "yes") {
    return askToConfirmPage({ token, what: address ? "address" : "subscription", again: true, hasBox: true });
  }
  if (address) return confirmAddress(services, call, address);
  if (!link || !(await store(services, call, link))) return badLinkPage();
  log("info", "subscription confirmed", { subscriber: link.subscriberId });
  return welcomePage(subscriberToken(keys, "preferences", link.subscriberId));
}

function store({ database, keys }: Services, call: Call, link: Confirmation): Promise<boolean> {
  return database.transaction(async (sql) => {
    const norm = await confirm(sql, link, consentOf(keys, call));
    if (norm !== undefined) await liftSuppression(sql, keys.hashes("suppression", norm));
    return norm !== undefined;
  });
}

async function confirmAddress({ database, keys }: Services, call: Call, link: AddressLink): Promise<Response> {
  const press = {
    consent: consentOf(keys, call),
    hash: (norm: string) => keys.hash("suppression", norm),
    hashes: (norm: string) => keys.hashes("suppression", norm),
  };
  const outcome = await database.transaction((sql) => changeAddress(sql, link, press));
  if (outcome === "gone") return badLinkPage();
  if (outcome === "taken") return takenPage();
  log("info", "address changed", { subscriber: link.subscriberId });
  return changedPage(subscriberToken(keys, "preferences", link.subscriberId));
}
