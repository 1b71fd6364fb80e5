/** Whether a person pressed the button. Mail scanners run scripts that submit forms, and browsers tell that apart. */
import type { Call } from "./call.ts";

/**
 * False when a browser that says what a request is for says nothing of a person: then the answer is the page with the
 * button once more, and a box to tick besides, for not every browser that sends the one header knows the other.
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-user-header
 */
export function isPressed({ request }: Call): boolean {
  return request.headers.get("Sec-Fetch-Site") === null || request.headers.get("Sec-Fetch-User") === "?1";
}
