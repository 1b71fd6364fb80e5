/** Whether this copy of the site may send the mail that waits in its database. */
import type { Context } from "@netlify/functions";
import type { Config } from "../config.ts";

/** Previews and branches work on a copy of the real database; its mail is the real site's to send. */
export function mayMail({ deployContext }: Config, context: Partial<Pick<Context, "deploy">>): boolean {
  const where = context.deploy?.context ?? deployContext ?? "production";
  return where === "production" || where === "dev";
}
