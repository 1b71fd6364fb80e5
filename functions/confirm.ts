/** `/newsletter/confirm`: the page that the confirm mail links, and the press of its button. */
import type { Config, Context } from "@netlify/functions";
import { answer } from "./lib/http/answer.ts";
import { refusal } from "./lib/http/refusal.ts";
import { askToConfirm, confirmSubscription } from "./lib/newsletter/confirm.ts";
import { services } from "./lib/services.ts";

export default (request: Request, context: Context): Promise<Response> =>
  answer(request, context, {
    refuse: refusal,
    GET: (call) => askToConfirm(services(), call),
    POST: (call) => confirmSubscription(services(), call),
  });

export const config: Config = {
  path: "/newsletter/confirm",
  rateLimit: { windowLimit: 30, windowSize: 60, aggregateBy: ["ip", "domain"] },
};
