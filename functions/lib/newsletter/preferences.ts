/** What a subscriber may see and do with a link from us: the state, unsubscribe, erase. */
import type { Call } from "../http/call.ts";
import { readForm } from "../http/form.ts";
import { comesFromHere } from "../http/origin.ts";
import { foreignOrigin, malformed } from "../http/problem.ts";
import { refusal } from "../http/refusal.ts";
import { limits } from "../limits.ts";
import { log } from "../log.ts";
import type { Services } from "../services.ts";
import { erase } from "../store/consent.ts";
import { findSubscriber } from "../store/subscribers.ts";
import { consentTextVersion } from "./consent.ts";
import { badLinkPage, erasedPage, preferencesPage } from "./pages.ts";
import { readSubscriberToken, subscriberToken } from "./tokens.ts";

/** The page. An erased subscriber has none. */
export async function showPreferences({ keys, database }: Services, { url }: Call): Promise<Response> {
  const token = url.searchParams.get("token") ?? "";
  const id = readSubscriberToken(keys, "preferences", token);
  const subscriber = id && (await database.run((sql) => findSubscriber(sql, id)));
  if (!subscriber || subscriber.status === "erased") return badLinkPage();
  return preferencesPage({
    subscribed: subscriber.status === "confirmed",
    preferencesToken: token,
    unsubscribeToken: subscriberToken(keys, "unsubscribe", subscriber.id),
  });
}

/** Takes `action=erase`; again is no change. */
export async function changePreferences(services: Services, call: Call): Promise<Response> {
  const { keys, database, siteUrl } = services;
  if (!comesFromHere(call, siteUrl)) return refusal(call, foreignOrigin);
  const form = await readForm(call.request, { maxBytes: limits.formBodyMaxBytes, names: ["token", "action"] });
  if (!form.ok) return refusal(call, form.problem);
  const id = readSubscriberToken(keys, "preferences", form.value.token);
  if (id === undefined) return badLinkPage();
  if (form.value.action !== "erase") return refusal(call, malformed("This page can only erase."));
  const hash = (norm: string) => keys.hash("suppression", norm);
  await database.transaction((sql) => erase(sql, id, { hash, textVersion: consentTextVersion }));
  log("info", "subscriber erased", { subscriber: id });
  return erasedPage();
}
