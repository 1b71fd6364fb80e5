/** Does the work of a challenge as the page's script does it. */
import { createHash } from "node:crypto";

export function solve(challenge: string): string {
  for (let n = 0; ; n += 1) {
    const hash = createHash("sha256").update(`${challenge}:${n}`).digest();
    if (hash[0] === 0 && hash[1] === 0) return `${challenge}:${n}`;
  }
}
