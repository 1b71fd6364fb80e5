/** Who does not count as a reader. */
import { isbot } from "isbot";

/** What isbot lets pass, found by trying: link checkers of mail systems, the platform's own, and browsers without a screen. */
const others = /safelinks|mimecast|barracuda|ms-?office|netlify|lighthouse|pagespeed|prerender|headless|jsdom/i;

/** Whether a user agent is a program's. An empty one is. */
export function isBot(userAgent: string): boolean {
  return userAgent.trim() === "" || isbot(userAgent) || others.test(userAgent);
}

/** Whether the visitor asked not to be counted. @see https://globalprivacycontrol.org */
export function asksNotToCount(headers: Headers): boolean {
  return headers.get("Sec-GPC") === "1" || headers.get("DNT") === "1";
}

/** Whether the browser fetches ahead, and nobody reads yet. The later names are those of older browsers. */
export function isAhead(headers: Headers): boolean {
  return (
    headers.has("Sec-Purpose") ||
    /prefetch|prerender|preview/i.test(headers.get("Purpose") ?? headers.get("X-Moz") ?? "")
  );
}
