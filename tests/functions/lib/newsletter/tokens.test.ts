import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyRing } from "../../../../functions/lib/keys.ts";
import {
  addressToken,
  confirmToken,
  readAddressToken,
  readConfirmToken,
  readSubscriberToken,
  subscriberToken,
} from "../../../../functions/lib/newsletter/tokens.ts";

const [oldKey, newKey] = ["old", "new"].map((kid, index) => ({ kid, secret: Buffer.alloc(32, index + 1) }));
if (!oldKey || !newKey) throw new Error("no keys");
const keys = keyRing([newKey, oldKey]);
const change = { subscriberId: "42", changeId: "7", expiresAt: 1_800_000_000 };
const link = { subscriberId: "42", consentNo: 3, expiresAt: 1_800_000_000 };

describe("tokens", () => {
  it("give back what they were made of", () => {
    expect(readConfirmToken(keys, confirmToken(keys, link))).toEqual(link);
    expect(readAddressToken(keys, addressToken(keys, change))).toEqual(change);
    expect(readSubscriberToken(keys, "unsubscribe", subscriberToken(keys, "unsubscribe", "42"))).toBe("42");
  });

  it("give it back whoever it is, for their own purpose and no other", () => {
    const id = fc.bigInt({ min: 1n, max: 999_999_999_999_999_999n }).map(String);
    const numbers = fc.record({ subscriberId: id, changeId: id, consentNo: fc.nat(), expiresAt: fc.nat() });
    fc.assert(
      fc.property(numbers, ({ subscriberId, changeId, consentNo, expiresAt }) => {
        const made = { subscriberId, consentNo, expiresAt };
        const wish = { subscriberId, changeId, expiresAt };
        expect(readConfirmToken(keys, confirmToken(keys, made))).toEqual(made);
        expect(readAddressToken(keys, addressToken(keys, wish))).toEqual(wish);
        expect(readAddressToken(keys, confirmToken(keys, made))).toBeUndefined();
        expect(readConfirmToken(keys, addressToken(keys, wish))).toBeUndefined();
        for (const [purpose, other] of [
          ["unsubscribe", "preferences"],
          ["preferences", "unsubscribe"],
        ] as const) {
          const token = subscriberToken(keys, purpose, subscriberId);
          expect(readSubscriberToken(keys, purpose, token)).toBe(subscriberId);
          expect(readSubscriberToken(keys, other, token)).toBeUndefined();
        }
      }),
    );
  });

  it("go into an address as they are", () => {
    expect(confirmToken(keys, link)).toMatch(/^[\w.-]+$/);
  });

  it("are good for one purpose only", () => {
    const unsubscribe = subscriberToken(keys, "unsubscribe", "42");
    expect(readSubscriberToken(keys, "preferences", unsubscribe)).toBeUndefined();
    expect(readConfirmToken(keys, unsubscribe)).toBeUndefined();
    expect(readSubscriberToken(keys, "unsubscribe", confirmToken(keys, link))).toBeUndefined();
  });

  it("stay good after a new key has come, and end with their key", () => {
    const token = subscriberToken(keyRing([oldKey]), "unsubscribe", "42");
    expect(readSubscriberToken(keys, "unsubscribe", token)).toBe("42");
    expect(readSubscriberToken(keyRing([newKey]), "unsubscribe", token)).toBeUndefined();
    expect(subscriberToken(keys, "unsubscribe", "42")).toContain(".new.");
  });

  it("are refused with any one character changed, missing or added", () => {
    const token = confirmToken(keys, link);
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.%\0 é";
    for (let at = 0; at < token.length; at += 1) {
      const [before, after] = [token.slice(0, at), token.slice(at + 1)];
      expect(readConfirmToken(keys, before + after)).toBeUndefined();
      for (const character of alphabet) {
        if (character !== token[at]) expect(readConfirmToken(keys, before + character + after)).toBeUndefined();
        expect(readConfirmToken(keys, before + character + token.slice(at))).toBeUndefined();
      }
    }
    expect(readConfirmToken(keys, `${token}A`)).toBeUndefined();
  });

  const kinds = {
    confirm: [confirmToken(keys, link), (token: string) => readConfirmToken(keys, token)],
    address: [addressToken(keys, change), (token: string) => readAddressToken(keys, token)],
    unsubscribe: [
      subscriberToken(keys, "unsubscribe", "42"),
      (token: string) => readSubscriberToken(keys, "unsubscribe", token),
    ],
    preferences: [
      subscriberToken(keys, "preferences", "42"),
      (token: string) => readSubscriberToken(keys, "preferences", token),
    ],
  } as const;

  it.each(Object.entries(kinds))("to %s are refused with any one bit changed", (_, [token, read]) => {
    expect(read(token)).toBeDefined();
    const bytes = Buffer.from(token, "latin1");
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(read(changed.toString("latin1"))).toBeUndefined();
    }
  });

  it.each(["", "v1", "v1...", "v1.new.42.", "v2.new.42.AAAA", "x".repeat(1_000_000), undefined])(
    "are refused when they are none",
    (token) => {
      expect(readConfirmToken(keys, token)).toBeUndefined();
      expect(readSubscriberToken(keys, "unsubscribe", token)).toBeUndefined();
    },
  );
});
