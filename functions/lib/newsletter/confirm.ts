/** Confirms a subscription. Opening the link only shows a button: mail scanners open links, people press buttons. */
import type { Call } from "../http/call.ts";
import { readForm } from "../http/form.ts";
import { comesFromHere } from "../http/origin.ts";
import { foreignOrigin } from "../http/problem.ts";
import { refusal } from "../http/refusal.ts";
import { limits } from "../limits.ts";
import { log } from "../log.ts";
import type { Services } from "../services.ts";
import { type Confirmation, confirm, liftSuppression } from "../store/consent.ts";
import { consentOf } from "./consent.ts";
import { askToConfirmPage, badLinkPage, welcomePage } from "./pages.ts";
import { readConfirmToken, subscriberToken } from "./tokens.ts";

/** The page with the button. Reads nothing but the token; the database decides when the button is pressed. */
export function askToConfirm({ keys, clock }: Services, { url }: Call): Response {
  const token = url.searchParams.get("token") ?? "";
  const link = readConfirmToken(keys, token);
  return link && link.expiresAt * 1000 > clock().getTime() ? askToConfirmPage(token) : badLinkPage();
}

/** Confirms; a second press finds the same welcome. */
export async function confirmSubscription(services: Services, call: Call): Promise<Response> {
  const { keys, siteUrl } = services;
  if (!comesFromHere(call, siteUrl)) return refusal(call, foreignOrigin);
  const form = await readForm(call.request, { maxBytes: limits.formBodyMaxBytes, names: ["token"] });
  if (!form.ok) return refusal(call, form.problem);
  const link = readConfirmToken(keys, form.value.token);
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
