/** Calls from one function of the site to another, which nobody else can make: signed, over their body, for a minute. */
import { createHash } from "node:crypto";
import type { KeyRing } from "./keys.ts";
import { limits } from "./limits.ts";
import type { Services } from "./services.ts";
import { signClaims, verifyClaims } from "./signed.ts";

const header = "X-Firstflight-Call";

/** Posts `body` to a function by its name, and takes any good status for an answer: a background function has no other. */
export async function callFunction({ siteUrl, keys, clock }: Services, name: string, body: string): Promise<void> {
  const claims = claimsOf(name, Math.floor(clock().getTime() / 1000), body);
  const response = await fetch(`${siteUrl}/.netlify/functions/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", [header]: signClaims(keys, "internal", claims) },
    body,
    redirect: "error",
    signal: AbortSignal.timeout(limits.ownSiteWaitMs),
  });
  await response.body?.cancel();
  if (!response.ok) throw Object.assign(new Error("a function refused a call"), { code: `HTTP_${response.status}` });
}

/** Whether we made this call of this function, less than a minute ago. */
export function isOwnCall(
  keys: KeyRing,
  { headers }: Request,
  call: { name: string; body: string; now: Date },
): boolean {
  const claims = verifyClaims(keys, "internal", headers.get(header) ?? "") ?? "";
  const seconds = Number(/^(\d{1,12})-/.exec(claims)?.[1] ?? Number.NaN);
  const age = Math.abs(call.now.getTime() / 1000 - seconds);
  return age <= limits.internalCallSeconds && claims === claimsOf(call.name, seconds, call.body);
}

function claimsOf(name: string, seconds: number, body: string): string {
  return `${seconds}-${createHash("sha256").update(`${name}\n${body}`).digest("hex")}`;
}
