/** Who does not count as a reader. */
import { isbot } from "isbot";

/** What isbot lets pass, found by trying: link checkers of mail systems and the platform's own. */
const others = /safelinks|netlify|lighthouse|pagespeed|prerender/i;

/** Whether a user agent is a program's. An empty one is. */
export function isBot(userAgent: string): boolean {
  return userAgent.trim() === "" || isbot(userAgent) || others.test(userAgent);
}

/** Whether the visitor asked not to be counted, or the browser only fetches ahead. @see https://globalprivacycontrol.org */
export function asksNotToCount(headers: Headers): boolean {
  return (
    headers.get("Sec-GPC") === "1" ||
    headers.get("DNT") === "1" ||
    headers.has("Sec-Purpose") ||
    headers.get("Purpose") === "prefetch"
  );
}
