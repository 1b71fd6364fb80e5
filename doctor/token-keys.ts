/** Whether the keys that sign links were made by chance, as far as their bytes can tell. */
import type { Key } from "../functions/lib/keys.ts";
import { type Finding, ok, wrong } from "./finding.ts";

const subject = "TOKEN_KEYS";
/** 32 random bytes have about 30 different ones, and fewer than these not once in 10^10 keys. */
const minDifferentBytes = 16;

/** `keys` are 32 bytes each, as the parser of the environment sees to. */
export function checkTokenKeys(keys: readonly Key[]): readonly Finding[] {
  const weak = keys.filter(({ secret }) => isGuessable(secret)).map(({ kid }) => kid);
  const different = new Set(keys.map(({ secret }) => secret.toString("hex"))).size;
  const makeOne = "make one with the command in .env.example";
  if (weak.length > 0)
    return [
      wrong(subject, `no random key: ${weak.join(", ")}; anybody might sign links`, { remedy: makeOne, blocks: true }),
    ];
  if (different < keys.length) return [wrong(subject, "two names have the same secret", { remedy: makeOne })];
  return [ok(subject, `${keys.length === 1 ? "one key" : `${keys.length} keys`} of 32 bytes`)];
}

/** Repetition, counting up, text, or words typed in place of base64url: each is next to impossible by chance. */
function isGuessable(secret: Buffer): boolean {
  const steps = secret.map((byte, at) => byte - (secret[at - 1] ?? 0));
  const typed = secret.toString("base64url");
  return (
    new Set(secret).size < minDifferentBytes ||
    new Set(steps).size < minDifferentBytes / 2 ||
    secret.every((byte) => byte >= 0x20 && byte < 0x7f) ||
    !/[A-Z]/.test(typed) ||
    !/[a-z]/.test(typed)
  );
}
