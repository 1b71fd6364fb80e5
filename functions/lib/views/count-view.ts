/** Counts a reader once per post and UTC day. */
import type { Context } from "@netlify/functions";
import type { Call } from "../http/call.ts";
import { readForm } from "../http/form.ts";
import { foreignOrigin, notFound } from "../http/problem.ts";
import { noContent, problemJson } from "../http/respond.ts";
import { limits } from "../limits.ts";
import type { Services } from "../services.ts";
import { asksNotToCount, isAhead, isBot } from "./bots.ts";
import { counterOf } from "./counter.ts";
import { isOfReaders, isOwnScript } from "./origin.ts";
import { countedAs } from "./slugs.ts";
import { readerOf } from "./visitor.ts";

/** 204 once the view is stored, and also when it is none: a bot's, a prefetch, a preview's, a visitor who asks not to be counted. */
export async function countView(services: Services, call: Call, context: Context): Promise<Response> {
  if (!isOwnScript(call, services.siteUrl)) return problemJson(foreignOrigin);
  const form = await readForm(call.request, { maxBytes: limits.viewBodyMaxBytes, names: ["slug"] });
  if (!form.ok) return problemJson(form.problem);
  const slug = countedAs(services.site, form.value.slug);
  if (slug === undefined) return problemJson(notFound);
  if (isOfReaders(services.config, context, call.url) && isReader(call.request.headers)) {
    await counterOf(services)({ slug, reader: readerOf(call) });
  }
  return noContent();
}

function isReader(headers: Headers): boolean {
  return !asksNotToCount(headers) && !isAhead(headers) && !isBot(headers.get("User-Agent") ?? "");
}
