/** Where views may come from. */
import type { Context } from "@netlify/functions";
import type { Config } from "../config.ts";
import type { Call } from "../http/call.ts";

/**
 * Whether a script of our own pages sends this. Every browser of today says so itself; where it does not, on a plain
 * `http://` address for instance, the origin must be ours.
 */
export function isOwnScript({ request, url }: Call, siteUrl: string): boolean {
  const site = request.headers.get("Sec-Fetch-Site");
  if (site !== null) return site === "same-origin";
  const origin = request.headers.get("Origin") ?? "";
  return URL.canParse(origin) && [url.host, new URL(siteUrl).host].includes(new URL(origin).host);
}

/**
 * Whether this copy of the site is the one that readers see: no preview or branch, and not by the address of one deploy,
 * `https://<deploy>--<site>.netlify.app`, where the platform takes its pictures.
 */
export function isOfReaders(
  { deployContext }: Config,
  context: Partial<Pick<Context, "deploy">>,
  { host }: URL,
): boolean {
  const where = context.deploy?.context ?? deployContext ?? "production";
  return (where === "production" || where === "dev") && !/--[^.]+\.netlify\.app$/.test(host);
}
