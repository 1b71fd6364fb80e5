/** `/api/views`: a POST counts a reader, a GET gives all counts. */
import type { Config, Context } from "@netlify/functions";
import { answer } from "./lib/http/answer.ts";
import { problemJson } from "./lib/http/respond.ts";
import { services } from "./lib/services.ts";
import { countView } from "./lib/views/count-view.ts";
import { viewCounts } from "./lib/views/view-counts.ts";

export default (request: Request, context: Context): Promise<Response> =>
  answer(request, context, {
    // Only scripts ask here: no page is needed, and none has to be loaded at a cold start.
    refuse: (_call, problem) => problemJson(problem),
    GET: () => viewCounts(services()),
    POST: (call) => countView(services(), call, context),
  });

export const config: Config = {
  path: "/api/views",
  rateLimit: { windowLimit: 120, windowSize: 60, aggregateBy: ["ip", "domain"] },
};
