/** `/preview/…`: a post that is not public yet, for a reviewer who was given its link. */

import type { Config, Context } from "@netlify/functions";
import previews from "#previews" with { type: "json" };
import { answer } from "./lib/http/answer.ts";
import { refusal } from "./lib/http/refusal.ts";
import { showPreview } from "./lib/preview/show-preview.ts";
import { services } from "./lib/services.ts";

export default (request: Request, context: Context): Promise<Response> =>
  answer(request, context, { refuse: refusal, GET: (call) => showPreview(services(), previews, call) });

export const config: Config = {
  path: "/preview/*",
  rateLimit: { windowLimit: 120, windowSize: 60, aggregateBy: ["ip", "domain"] },
};
