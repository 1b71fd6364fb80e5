/** Claims that only we can have made, each for one purpose: what was signed for one means nothing to another. */
import { timingSafeEqual } from "node:crypto";
import type { KeyRing, Purpose } from "./keys.ts";

/** `v1.kid.claims.mac` */
const shape = /^v1\.([\w-]{1,16})\.([a-z\d-]{1,200})\.([\w-]{43})$/;

/** `claims` is at most 200 of `a`–`z`, `0`–`9` and `-`. */
export function signClaims(keys: KeyRing, purpose: Purpose, claims: string): string {
  const signed = `v1.${keys.newestKid}.${claims}`;
  return `${signed}.${keys.mac(purpose, signed, keys.newestKid)?.toString("base64url")}`;
}

/** The claims; absent unless we signed them for this purpose. Whether their time is over is for the reader to say. */
export function verifyClaims(keys: KeyRing, purpose: Purpose, token = ""): string | undefined {
  const [, kid = "", claims = "", given = ""] = shape.exec(token) ?? [];
  const mac = keys.mac(purpose, `v1.${kid}.${claims}`, kid)?.toString("base64url");
  // Compared as text: two spellings of the same bytes must not both pass. Both are 43 characters here.
  const genuine = given !== "" && mac !== undefined && timingSafeEqual(Buffer.from(given), Buffer.from(mac));
  return genuine ? claims : undefined;
}
