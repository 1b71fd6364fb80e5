/** `/api/contact`: a message to the owner. */
import type { Config, Context } from "@netlify/functions";
import { receiveMessage } from "./lib/contact/receive-message.ts";
import { answer } from "./lib/http/answer.ts";
import { refusal } from "./lib/http/refusal.ts";
import { mailServices } from "./lib/mail-services.ts";

export default (request: Request, context: Context): Promise<Response> =>
  answer(request, context, { refuse: refusal, POST: (call) => receiveMessage(mailServices(), call) });

export const config: Config = {
  path: "/api/contact",
  rateLimit: { windowLimit: 10, windowSize: 60, aggregateBy: ["ip", "domain"] },
};
