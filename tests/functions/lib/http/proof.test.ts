import { createHash, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeChallenge, readProof } from "../../../../functions/lib/http/proof.ts";
import { keyRing } from "../../../../functions/lib/keys.ts";
import { limits } from "../../../../functions/lib/limits.ts";
import { signClaims } from "../../../../functions/lib/signed.ts";
import { solve } from "../../support/solve.ts";

const keys = keyRing([{ kid: "k1", secret: Buffer.alloc(32, 1) }]);
const start = Date.parse("2026-03-01T12:00:00Z");
const at = (ms: number) => ({ keys, random: randomBytes, clock: () => new Date(start + ms) });
const challenge = makeChallenge(at(0), "contact-proof");
const solution = solve(challenge);

describe("readProof", () => {
  it("takes the solution of a challenge of ours until its time is over", () => {
    expect(readProof(at(0), "contact-proof", solution)?.hash).toEqual(createHash("sha256").update(challenge).digest());
    expect(readProof(at(limits.proofMinutes * 60_000 - 1), "contact-proof", solution)).toBeDefined();
    expect(readProof(at(limits.proofMinutes * 60_000), "contact-proof", solution)).toBeUndefined();
  });

  it("takes none that is spliced, of another purpose or key, or not worked for", () => {
    const [version, kid, claims = "", mac] = challenge.split(".");
    const [expiresAt, nonce] = claims.split("-");
    const spliced = [version, kid, `${Number(expiresAt) + 9_999}-${nonce}`, mac].join(".");
    const foreign = signClaims(keys, "subscribe-proof", claims);
    const unknown = signClaims(keyRing([{ kid: "k1", secret: Buffer.alloc(32, 2) }]), "contact-proof", claims);
    for (const each of [spliced, foreign, unknown])
      expect(readProof(at(0), "contact-proof", solve(each))).toBeUndefined();
    const lazy = Array.from({ length: 50 }, (_, n) => `${challenge}:${n}`).filter((each) => each !== solution);
    for (const each of lazy) expect(readProof(at(0), "contact-proof", each)).toBeUndefined();
    expect(readProof(at(0), "contact-proof", `${challenge}:0${solution.split(":")[1]}`)).toBeUndefined();
  });

  it("takes nothing else, whatever it reads", () => {
    const pieces = fc.constantFrom(challenge, ":", "1", "-", ".", "v1", "\n", "9".repeat(13), "é");
    const texts = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.array(pieces, { maxLength: 6 }).map((all) => all.join("")),
    );
    fc.assert(fc.property(texts, (text) => readProof(at(0), "contact-proof", text) === undefined));
  });
});
