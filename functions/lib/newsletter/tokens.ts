/** Signed links: each says whose it is and for what one purpose, and nothing else can be done with it. */
import type { KeyRing, Purpose } from "../keys.ts";
import { signClaims, verifyClaims } from "../signed.ts";
import type { AddressLink } from "../store/address-change.ts";
import type { Confirmation } from "../store/consent.ts";

/** The claims of all these links, joined by dashes. */
const wholeNumbers = /^\d{1,18}(?:-\d{1,18}){0,2}$/;

export function confirmToken(keys: KeyRing, { subscriberId, consentNo, expiresAt }: Confirmation): string {
  return sign(keys, "confirm", [subscriberId, consentNo, expiresAt]);
}

/** Absent unless we made it for this purpose. Whether its time is over is for the reader to say. */
export function readConfirmToken(keys: KeyRing, token: string | undefined): Confirmation | undefined {
  const [subscriberId, consentNo, expiresAt] = verify(keys, "confirm", token) ?? [];
  if (subscriberId === undefined || consentNo === undefined || expiresAt === undefined) return undefined;
  return { subscriberId, consentNo: Number(consentNo), expiresAt: Number(expiresAt) };
}

export function addressToken(keys: KeyRing, { subscriberId, changeId, expiresAt }: AddressLink): string {
  return sign(keys, "address", [subscriberId, changeId, expiresAt]);
}

/** As for a confirm link. */
export function readAddressToken(keys: KeyRing, token: string | undefined): AddressLink | undefined {
  const [subscriberId, changeId, expiresAt] = verify(keys, "address", token) ?? [];
  if (subscriberId === undefined || changeId === undefined || expiresAt === undefined) return undefined;
  return { subscriberId, changeId, expiresAt: Number(expiresAt) };
}

/** For as long as there are mails with it: it has no end. */
export function subscriberToken(keys: KeyRing, purpose: "unsubscribe" | "preferences", subscriberId: string): string {
  return sign(keys, purpose, [subscriberId]);
}

/** The subscriber's id; absent unless we made the token for this purpose. */
export function readSubscriberToken(
  keys: KeyRing,
  purpose: "unsubscribe" | "preferences",
  token: string | undefined,
): string | undefined {
  return verify(keys, purpose, token)?.[0];
}

function sign(keys: KeyRing, purpose: Purpose, claims: readonly (string | number)[]): string {
  return signClaims(keys, purpose, claims.join("-"));
}

function verify(keys: KeyRing, purpose: Purpose, token: string | undefined): readonly string[] | undefined {
  const claims = verifyClaims(keys, purpose, token);
  return claims !== undefined && wholeNumbers.test(claims) ? claims.split("-") : undefined;
}
