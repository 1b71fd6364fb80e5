/** Whether a person is there. Mail scanners run scripts that submit forms, and browsers tell that apart from a press. */
import type { Call } from "./call.ts";

/**
 * False when a browser that says what a request is for names no person. Of a press: then nothing is done, and the page with
 * the button comes again, with a box to tick. Of the opening of that page: then the box is there at once, for the browser
 * is likely one that never names a person (Safari), and a reader should not have to press twice.
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-user-header
 * @see https://github.com/mdn/browser-compat-data/issues/27928 of Safari
 */
export function namesPerson({ request }: Call): boolean {
  return request.headers.get("Sec-Fetch-Site") === null || request.headers.get("Sec-Fetch-User") === "?1";
}
