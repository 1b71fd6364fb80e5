/** `/newsletter/preferences`: a subscriber's own page. */
import type { Config, Context } from "@netlify/functions";
import { answer } from "./lib/http/answer.ts";
import { refusal } from "./lib/http/refusal.ts";
import { mailServices } from "./lib/mail-services.ts";
import { changePreferences, showPreferences } from "./lib/newsletter/preferences.ts";
import { services } from "./lib/services.ts";

export default (request: Request, context: Context): Promise<Response> =>
  answer(request, context, {
    refuse: refusal,
    GET: (call) => showPreferences(services(), call),
    POST: (call) => changePreferences(mailServices(), call),
  });

export const config: Config = {
  path: "/newsletter/preferences",
  rateLimit: { windowLimit: 30, windowSize: 60, aggregateBy: ["ip", "domain"] },
};
