/** `/api/health`: whether the functions can do their work. */
import type { Config, Context } from "@netlify/functions";
import { health } from "./lib/health.ts";
import { answer } from "./lib/http/answer.ts";
import { refusal } from "./lib/http/refusal.ts";
import { services } from "./lib/services.ts";

export default (request: Request, context: Context): Promise<Response> =>
  answer(request, context, { refuse: refusal, GET: () => health(services()) });

export const config: Config = {
  path: "/api/health",
  rateLimit: { windowLimit: 60, windowSize: 60, aggregateBy: ["ip", "domain"] },
};
