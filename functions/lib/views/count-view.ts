/** Counts a reader once per post and UTC day. */
import type { Call } from "../http/call.ts";
import { readForm } from "../http/form.ts";
import { comesFromHere } from "../http/origin.ts";
import { foreignOrigin, notFound } from "../http/problem.ts";
import { refusal } from "../http/refusal.ts";
import { noContent } from "../http/respond.ts";
import { limits } from "../limits.ts";
import type { Services } from "../services.ts";
import { addView, type DaySalt, saltOfToday } from "../store/views.ts";
import { asksNotToCount, isBot } from "./bots.ts";
import { visitorOf } from "./visitor.ts";

/** 204 once the view is stored, and also when it is none: a bot's, a prefetch, a visitor who asks not to be counted. */
export async function countView(services: Services, call: Call): Promise<Response> {
  const { headers } = call.request;
  if (!comesFromHere(call, services.siteUrl)) return refusal(call, foreignOrigin);
  const form = await readForm(call.request, { maxBytes: limits.viewBodyMaxBytes, names: ["slug"] });
  if (!form.ok) return refusal(call, form.problem);
  const post = services.site.posts.find(({ slug }) => slug === form.value.slug);
  if (!post) return refusal(call, notFound);
  if (!asksNotToCount(headers) && !isBot(headers.get("User-Agent") ?? "")) await add(services, call, post.slug);
  return noContent();
}

/** The salt in use by database; one per instance is enough, it changes once a day. */
const salts = new WeakMap<Services["database"], DaySalt>();

async function add(services: Services, call: Call, slug: string): Promise<void> {
  const { database } = services;
  const known = salts.get(database);
  if (known && (await addWith(services, call, slug, known))) return;
  const today = await database.run((sql) => saltOfToday(sql, services.random(32)));
  salts.set(database, today);
  // Once more only if midnight passed since the salt was read.
  if (!(await addWith(services, call, slug, today))) await add(services, call, slug);
}

function addWith({ database }: Services, call: Call, slug: string, { day, salt }: DaySalt): Promise<boolean> {
  const visitor = visitorOf(salt, call);
  return database.run((sql) => addView(sql, { day, slug, visitor }));
}
