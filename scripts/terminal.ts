/** How a command speaks to the person at the terminal. */
import { styleText } from "node:util";
import { errorCode } from "../functions/lib/log.ts";
import { DatabaseDown } from "../functions/lib/store/database.ts";
import { ConfigError } from "../site/config.ts";
import { ContentError, formatReport } from "../site/content/problem.ts";

/** What went wrong. Mistakes of the author or of the environment come without a stack; only the program's own have one. */
export function explain(error: unknown): string {
  if (error instanceof ContentError) return formatReport(error.problems, paintFor(process.stderr));
  if (error instanceof ConfigError) return error.message;
  if (error instanceof DatabaseDown) return `The database does not answer (${errorCode(error.cause) ?? "in time"}).`;
  if (errorCode(error) === "42P01")
    return "The database has not had every migration yet: a production build applies them.";
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause ? `\ncaused by ${explain(error.cause)}` : "";
  return (error.stack ?? error.message) + cause;
}

/** Colours on a terminal that shows them, unless NO_COLOR says otherwise; plain text in a pipe. */
export function paintFor(stream: NodeJS.WriteStream) {
  const formats = { place: "bold", error: "red", warning: "yellow", hint: "dim", good: "green" } as const;
  return (kind: keyof typeof formats, text: string) => styleText(formats[kind], text, { stream });
}
