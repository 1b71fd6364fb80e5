/** `/api/subscribe`: a sign-up for the newsletter. */
import type { Config, Context } from "@netlify/functions";
import { answer } from "./lib/http/answer.ts";
import { refusal } from "./lib/http/refusal.ts";
import { mailServices } from "./lib/mail-services.ts";
import { takeSignUp } from "./lib/newsletter/sign-up.ts";

export default (request: Request, context: Context): Promise<Response> =>
  answer(request, context, { refuse: refusal, POST: (call) => takeSignUp(mailServices(), call) });

export const config: Config = {
  path: "/api/subscribe",
  rateLimit: { windowLimit: 10, windowSize: 60, aggregateBy: ["ip", "domain"] },
};
