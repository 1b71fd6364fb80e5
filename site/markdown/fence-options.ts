/** Options behind the word of a drawn fence. */
import { nearest } from "../nearest.ts";
import type { RenderEnv } from "./render.ts";

interface Place {
  readonly env: RenderEnv;
  /** 0-based line of the fence. */
  readonly line: number;
}

/** Tells of those that are not among the known. */
export function tellUnknownOptions(written: readonly string[], known: readonly string[], { env, line }: Place): void {
  for (const word of written) {
    const name = word.split("=")[0] ?? word;
    if (known.includes(name) && !word.includes("=")) continue;
    const near = nearest(name, known);
    const isUnquoted = known.includes(name);
    const hint = near && !isUnquoted ? `did you mean "${near}"?` : `known are ${known.join(", ")}`;
    const problem = isUnquoted ? `the value of "${name}" needs quotation marks` : `unknown option "${name}"`;
    env.problems.push({ line, about: word, code: "unknown-option", problem, hint: isUnquoted ? undefined : hint });
  }
}
