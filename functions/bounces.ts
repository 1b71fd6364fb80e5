/** `/api/bounces`: what the mail provider reports of mails: bounces, complaints, deliveries. */
import type { Config, Context } from "@netlify/functions";
import { answer } from "./lib/http/answer.ts";
import { problemJson } from "./lib/http/respond.ts";
import { takeReport } from "./lib/newsletter/bounces.ts";
import { services } from "./lib/services.ts";

export default (request: Request, context: Context): Promise<Response> =>
  answer(request, context, {
    refuse: (_call, problem) => problemJson(problem),
    POST: (call) => takeReport(services(), call),
  });

export const config: Config = {
  path: "/api/bounces",
  rateLimit: { windowLimit: 600, windowSize: 60, aggregateBy: ["ip", "domain"] },
};
