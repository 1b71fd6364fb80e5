/** Ends a subscription: by the button, or by a mail program's one click. */
import type { Call } from "../http/call.ts";
import { readForm } from "../http/form.ts";
import { namesPerson } from "../http/person.ts";
import { refusal } from "../http/refusal.ts";
import { limits } from "../limits.ts";
import { log } from "../log.ts";
import type { Services } from "../services.ts";
import { unsubscribe } from "../store/consent.ts";
import { consentOf } from "./consent.ts";
import { askToUnsubscribePage, badLinkPage, goodbyePage } from "./pages.ts";
import { confirmToken, readSubscriberToken } from "./tokens.ts";

/** The page with the button. */
export function askToUnsubscribe({ keys }: Services, call: Call): Response {
  const token = call.url.searchParams.get("token") ?? "";
  return readSubscriberToken(keys, "unsubscribe", token)
    ? askToUnsubscribePage({ token, hasBox: !namesPerson(call) })
    : badLinkPage();
}

/**
 * 200 for every genuine token, now or years later, in effect before the answer. The token is in the form, or in the
 * address when a mail program posts `List-Unsubscribe=One-Click`; it is leave enough, so the origin does not matter. The
 * form without a sign of a person is answered with the page with the button: a scanner may run the page's forms, but has no
 * reason to make up a post of a mail program's.
 * @see RFC 8058 §3.1
 */
export async function endSubscription(services: Services, call: Call): Promise<Response> {
  const { keys, database } = services;
  const names = ["token", "person", "List-Unsubscribe"] as const;
  const form = await readForm(call.request, { maxBytes: limits.formBodyMaxBytes, names });
  if (!form.ok) return refusal(call, form.problem);
  const oneClick = form.value["List-Unsubscribe"] === "One-Click";
  const token = oneClick ? call.url.searchParams.get("token") : form.value.token;
  const id = readSubscriberToken(keys, "unsubscribe", token ?? undefined);
  if (id === undefined) return badLinkPage();
  if (!oneClick && !namesPerson(call) && form.value.person !== "yes") {
    return askToUnsubscribePage({ token: token ?? "", again: true, hasBox: true });
  }
  const undo = await database.run((sql) => unsubscribe(sql, id, consentOf(keys, call)));
  log("info", "unsubscribed", { subscriber: id, oneClick });
  return goodbyePage(undo && { token: confirmToken(keys, undo), hasBox: !namesPerson(call) });
}
