/** What is kept to prove a consent. */
import type { Call } from "../http/call.ts";
import { ipPrefix } from "../http/ip.ts";
import type { KeyRing } from "../keys.ts";
import type { Consent } from "../store/consent.ts";

/** Version of the words around the sign-up form, in the confirm mail and on its page. Change it with them. */
export const consentTextVersion = "2026-11";

/** The address of the client only as a keyed hash. */
export function consentOf(keys: KeyRing, { ip }: Call): Consent {
  return { textVersion: consentTextVersion, ipHash: keys.hash("consent-ip", ipPrefix(ip)) };
}
