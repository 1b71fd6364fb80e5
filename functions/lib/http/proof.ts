/**
 * Proof of work: a browser is given a challenge and has to find a number that makes its hash begin with zeros. Costs a
 * person's browser a second, and whoever sends thousands of messages an hour of work for each.
 */
import { createHash } from "node:crypto";
import type { Purpose } from "../keys.ts";
import { limits } from "../limits.ts";
import type { Services } from "../services.ts";
import { signClaims, verifyClaims } from "../signed.ts";
import type { Problem } from "./problem.ts";

/** Sixteen bits of zeros: 65,536 tries on average. The page's script looks for the same. */
const zeroBytes = 2;

export interface Proof {
  /** Of the challenge: each counts once. */
  readonly hash: Buffer;
  readonly expiresAt: Date;
}

/** The form that work is done for: a challenge is good for no other. */
export type ProofPurpose = Extract<Purpose, "contact-proof" | "subscribe-proof">;

/** Good for ten minutes. */
export function makeChallenge(
  { keys, clock, random }: Pick<Services, "keys" | "clock" | "random">,
  purpose: ProofPurpose,
): string {
  const expiresAt = Math.floor(clock().getTime() / 1000) + limits.proofMinutes * 60;
  return signClaims(keys, purpose, `${expiresAt}-${random(12).toString("hex")}`);
}

/** `challenge:number`, the solution of a challenge of ours whose time is not over; absent for anything else. */
export function readProof(
  { keys, clock }: Pick<Services, "keys" | "clock">,
  purpose: ProofPurpose,
  text = "",
): Proof | undefined {
  const [, challenge, solution] = /^([^:]{1,200}):(\d{1,12})$/.exec(text) ?? [];
  const expiresAt = Number(verifyClaims(keys, purpose, challenge)?.split("-", 1)[0]) * 1000;
  if (!(expiresAt > clock().getTime())) return undefined;
  const work = sha256(`${challenge}:${solution}`);
  if (work.subarray(0, zeroBytes).some((byte) => byte !== 0)) return undefined;
  return { hash: sha256(challenge ?? ""), expiresAt: new Date(expiresAt) };
}

/** The header has the challenge that the page's script solves, to send the form again by itself. */
export function workFirst(challenge: string): Problem {
  return {
    status: 403,
    title: "Work first",
    detail: "So much is sent at the moment that your browser has to prove some work first. Please send it again.",
    headers: { Proof: challenge },
  };
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
