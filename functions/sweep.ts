/** Each minute: mail that waits, posts that go live, feeds that changed, view counts of past days, data kept long enough. Not reachable from outside on Netlify. */
import type { Config, Context } from "@netlify/functions";
import { answer } from "./lib/http/answer.ts";
import { refusal } from "./lib/http/refusal.ts";
import { json } from "./lib/http/respond.ts";
import { mailServices } from "./lib/mail-services.ts";
import { permissions } from "./lib/sweep/deploy.ts";
import { sweep } from "./lib/sweep/sweep.ts";

export default (request: Request, context: Context): Promise<Response> =>
  answer(request, context, {
    refuse: refusal,
    POST: async () => {
      const services = mailServices();
      const report = await sweep(services, permissions(services.config, context));
      return json(report.failed.length === 0 ? 200 : 503, report);
    },
  });

export const config: Config = {
  schedule: "* * * * *",
};
