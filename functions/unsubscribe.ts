/** `/newsletter/unsubscribe`: the page with its button, and a mail program's one click. */
import type { Config, Context } from "@netlify/functions";
import { answer } from "./lib/http/answer.ts";
import { refusal } from "./lib/http/refusal.ts";
import { askToUnsubscribe, endSubscription } from "./lib/newsletter/unsubscribe.ts";
import { services } from "./lib/services.ts";

export default (request: Request, context: Context): Promise<Response> =>
  answer(request, context, {
    refuse: refusal,
    GET: (call) => askToUnsubscribe(services(), call),
    POST: (call) => endSubscription(services(), call),
  });

export const config: Config = {
  path: "/newsletter/unsubscribe",
  rateLimit: { windowLimit: 60, windowSize: 60, aggregateBy: ["ip", "domain"] },
};
