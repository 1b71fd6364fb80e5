/** Sends the newsletter, for up to 15 minutes; started by the sweep. Its name tells the platform to run it in the background. */
import type { Context } from "@netlify/functions";
import { runSender } from "./lib/newsletter/sender.ts";
import { services } from "./lib/services.ts";

/** Nobody hears the answer; an error would only have the platform start it again. */
export default async (request: Request, context: Context): Promise<void> => runSender(services, request, context);
