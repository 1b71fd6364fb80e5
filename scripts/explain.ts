/** Says to the person at the terminal what went wrong. */

/** The error and its causes; with a stack only where the program itself is at fault. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause ? `\ncaused by ${explain(error.cause)}` : "";
  return (error.stack ?? error.message) + cause;
}
