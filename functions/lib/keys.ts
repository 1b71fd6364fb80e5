/** The key ring: one secret per key id, one derived key per purpose. The newest signs, all verify. */
import { createHmac, hkdfSync } from "node:crypto";

export interface Key {
  readonly kid: string;
  /** 32 random bytes. */
  readonly secret: Buffer;
}

/** What a derived key is for. A value made for one purpose means nothing to another. */
export type Purpose =
  | "confirm"
  | "unsubscribe"
  | "preferences"
  | "preview"
  | "contact-repeat"
  | "contact-proof"
  | "subscribe-proof"
  | "address"
  | "sign-up"
  | "rate"
  | "consent-ip"
  | "suppression";

export interface KeyRing {
  readonly newestKid: string;
  /** HMAC-SHA-256 of `text` under the key of `purpose` of `kid`. Absent for an unknown `kid`. */
  mac(purpose: Purpose, text: string, kid: string): Buffer | undefined;
  /** The same with the newest key: for hashes that are stored. */
  hash(purpose: Purpose, text: string): Buffer;
  /** With every key: to find what was stored under an older one. */
  hashes(purpose: Purpose, text: string): readonly Buffer[];
}

/** `keys` newest first, at least one. @see RFC 5869 for the derivation */
export function keyRing(keys: readonly Key[]): KeyRing {
  const [newest] = keys;
  if (!newest) throw new Error("a key ring needs a key");
  const secrets = new Map(keys.map(({ kid, secret }) => [kid, secret]));
  return {
    newestKid: newest.kid,
    mac(purpose, text, kid) {
      const secret = secrets.get(kid);
      return secret && keyed(secret, purpose, text);
    },
    hash: (purpose, text) => keyed(newest.secret, purpose, text),
    hashes: (purpose, text) => keys.map(({ secret }) => keyed(secret, purpose, text)),
  };
}

function keyed(secret: Buffer, purpose: Purpose, text: string): Buffer {
  const key = Buffer.from(hkdfSync("sha256", secret, "", `firstflight v1 ${purpose}`, 32));
  return createHmac("sha256", key).update(text, "utf8").digest();
}
