/** Signed links: each says whose it is and for what one purpose, and nothing else can be done with it. */
import { timingSafeEqual } from "node:crypto";
import type { KeyRing, Purpose } from "../keys.ts";
import type { Confirmation } from "../store/consent.ts";

/** `v1.kid.claims.mac`; claims are whole numbers joined by dashes. */
const shape = /^v1\.([\w-]{1,16})\.(\d{1,18}(?:-\d{1,18}){0,2})\.([\w-]{43})$/;

export function confirmToken(keys: KeyRing, { subscriberId, consentNo, expiresAt }: Confirmation): string {
  return sign(keys, "confirm", [subscriberId, consentNo, expiresAt]);
}

/** Absent unless we made it for this purpose. Whether its time is over is for the reader to say. */
export function readConfirmToken(keys: KeyRing, token: string | undefined): Confirmation | undefined {
  const [subscriberId, consentNo, expiresAt] = verify(keys, "confirm", token) ?? [];
  if (subscriberId === undefined || consentNo === undefined || expiresAt === undefined) return undefined;
  return { subscriberId, consentNo: Number(consentNo), expiresAt: Number(expiresAt) };
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
  const signed = `v1.${keys.newestKid}.${claims.join("-")}`;
  return `${signed}.${keys.mac(purpose, signed, keys.newestKid)?.toString("base64url")}`;
}

function verify(keys: KeyRing, purpose: Purpose, token = ""): readonly string[] | undefined {
  const [, kid = "", claims = "", given = ""] = shape.exec(token) ?? [];
  const mac = keys.mac(purpose, `v1.${kid}.${claims}`, kid)?.toString("base64url");
  // Compared as text: two spellings of the same bytes must not both pass. Both are 43 characters here.
  const genuine = given !== "" && mac !== undefined && timingSafeEqual(Buffer.from(given), Buffer.from(mac));
  return genuine ? claims.split("-") : undefined;
}
