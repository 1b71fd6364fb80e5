/** What this copy of the site may do to the world outside. */
import type { Context } from "@netlify/functions";
import type { Config } from "../config.ts";

export interface Permissions {
  /** Send the mail that waits in the database. */
  readonly mail: boolean;
  /** Have the host build the published site again. */
  readonly rebuild: boolean;
  /** Tell the WebSub hub that the published feeds have changed. */
  readonly announce: boolean;
}

/** Previews and branches work on a copy of the real database; its mail and its builds are the real site's. */
export function permissions({ deployContext }: Config, context: Partial<Pick<Context, "deploy">>): Permissions {
  const where = context.deploy?.context ?? deployContext ?? "production";
  const isPublished = where === "production";
  return { mail: isPublished || where === "dev", rebuild: isPublished, announce: isPublished };
}
