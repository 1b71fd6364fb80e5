/** What a subscriber may see and do with a link from us: wishes, another address, a copy of the data, erasing it. */
import type { Call } from "../http/call.ts";
import { type Fields, type Lists, readForm } from "../http/form.ts";
import { comesFromHere } from "../http/origin.ts";
import { namesPerson } from "../http/person.ts";
import { foreignOrigin, malformed } from "../http/problem.ts";
import { refusal } from "../http/refusal.ts";
import { file } from "../http/respond.ts";
import { limits } from "../limits.ts";
import { log } from "../log.ts";
import type { MailServices } from "../mail-services.ts";
import type { Services } from "../services.ts";
import { erase } from "../store/consent.ts";
import { allAbout, findSubscriber, rhythms, saveWishes } from "../store/subscribers.ts";
import { askAtNewAddress } from "./address-change.ts";
import { consentTextVersion } from "./consent.ts";
import { badLinkPage, erasedPage } from "./pages.ts";
import { type Outcome, type Preferences, preferencesPage } from "./preferences-page.ts";
import { readSubscriberToken, subscriberToken } from "./tokens.ts";
import { offeredTopics } from "./topics.ts";

/** The page. An erased subscriber has none. */
export async function showPreferences(services: Services, call: Call): Promise<Response> {
  const token = call.url.searchParams.get("token") ?? "";
  const preferences = await load(services, call, token);
  return preferences ? preferencesPage(preferences) : badLinkPage();
}

const names = ["token", "action", "rhythm", "email", "sure"] as const;

type Form = Fields<(typeof names)[number]> & Lists<"topic">;

interface Press {
  readonly call: Call;
  readonly id: string;
  readonly token: string;
  readonly form: Form;
}

type Action = (services: MailServices, press: Press) => Promise<Response>;

const actions: Readonly<Record<string, Action>> = { save, address, export: exportAll, erase: eraseAll };

/** Does what the form's `action` says; the same again is no change. */
export async function changePreferences(services: MailServices, call: Call): Promise<Response> {
  if (!comesFromHere(call, services.siteUrl)) return refusal(call, foreignOrigin);
  const form = await readForm(call.request, {
    maxBytes: limits.preferencesBodyMaxBytes,
    names,
    lists: ["topic"],
    maxFields: names.length + limits.topicsMax,
  });
  if (!form.ok) return refusal(call, form.problem);
  const { token = "", action = "" } = form.value;
  const id = readSubscriberToken(services.keys, "preferences", token);
  if (id === undefined) return badLinkPage();
  const act = Object.hasOwn(actions, action) ? actions[action] : undefined;
  return act
    ? act(services, { call, id, token, form: form.value })
    : refusal(call, malformed("This page cannot do that."));
}

/** Topics that the page does not offer any more are left out, rather than refused: the page may be an old one. */
async function save(services: Services, press: Press): Promise<Response> {
  const { call, id, token, form } = press;
  const rhythm = rhythms.find((each) => each === form.rhythm);
  if (!rhythm) return refusal(call, malformed("This is no way in which mail can come."));
  const before = await load(services, call, token);
  const topics = before?.offered.filter((topic) => form.topic.includes(topic)) ?? [];
  const isSaved = await services.database.run((sql) => saveWishes(sql, id, { topics, rhythm }));
  if (isSaved) log("info", "wishes saved", { subscriber: id });
  return shown(services, press, isSaved ? { done: "Saved." } : {});
}

async function address(services: MailServices, press: Press): Promise<Response> {
  const { call, id, form } = press;
  const typedEmail = form.email ?? "";
  const problem = await askAtNewAddress(services, { call, id, typedEmail });
  if (problem) return shown(services, press, { problems: [problem], typedEmail });
  return shown(services, press, {
    done: "A mail is on its way to the new address. Press the button in it, and the address is changed.",
  });
}

async function exportAll({ database, keys }: Services, { id }: Press): Promise<Response> {
  const found = await database.run((sql) => findSubscriber(sql, id));
  const norm = found?.email?.toLowerCase();
  if (norm === undefined) return badLinkPage();
  const hashes = [...keys.hashes("sign-up", norm), ...keys.hashes("suppression", norm)];
  const about = await database.run((sql) => allAbout(sql, id, hashes));
  if (about === undefined) return badLinkPage();
  const bytes = new TextEncoder().encode(`${JSON.stringify(about, undefined, 2)}\n`);
  return file(bytes, "application/json; charset=utf-8", {
    "Content-Disposition": 'attachment; filename="my-subscription.json"',
    "Referrer-Policy": "same-origin",
  });
}

async function eraseAll(services: Services, press: Press): Promise<Response> {
  const { id, form } = press;
  const problem = { field: "sure", detail: "Tick the box to erase everything." };
  if (form.sure !== "yes") return shown(services, press, { problems: [problem] });
  const hash = (norm: string) => services.keys.hash("suppression", norm);
  await services.database.transaction((sql) => erase(sql, id, { hash, textVersion: consentTextVersion }));
  log("info", "subscriber erased", { subscriber: id });
  return erasedPage();
}

async function shown(services: Services, { call, token }: Press, outcome: Outcome): Promise<Response> {
  const preferences = await load(services, call, token);
  return preferences ? preferencesPage(preferences, outcome) : badLinkPage();
}

/** Absent without a link of ours, and for whoever is erased. */
async function load({ keys, database, site }: Services, call: Call, token: string): Promise<Preferences | undefined> {
  const id = readSubscriberToken(keys, "preferences", token);
  const found = id && (await database.run((sql) => findSubscriber(sql, id)));
  if (!found || found.status === "erased" || found.email === null) return undefined;
  const { status, email, newEmail, topics, rhythm } = found;
  return {
    status,
    email,
    newEmail,
    topics,
    rhythm,
    offered: offeredTopics(site, topics),
    preferencesToken: token,
    unsubscribing: { token: subscriberToken(keys, "unsubscribe", found.id), hasBox: !namesPerson(call) },
  };
}
