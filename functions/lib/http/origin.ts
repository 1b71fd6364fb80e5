/** Whether a request may change anything: it comes from our own pages, or from no page at all. */
import type { Call } from "./call.ts";

/**
 * Browsers say where a POST comes from. What says nothing is no browser, and with no cookies here a program gains nothing
 * by leaving it out. `Origin: null` is what our own pages send under a strict referrer policy, so `Sec-Fetch-Site` decides.
 */
export function comesFromHere({ request, url }: Call, siteUrl: string): boolean {
  const site = request.headers.get("Sec-Fetch-Site");
  const origin = request.headers.get("Origin");
  if (site !== null && site !== "same-origin" && site !== "none") return false;
  if (origin === null) return true;
  if (origin === "null") return site === "same-origin";
  return URL.canParse(origin) && [url.host, new URL(siteUrl).host].includes(new URL(origin).host);
}
