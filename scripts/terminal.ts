/** How a command speaks to the person at the terminal. */
import { spawn } from "node:child_process";
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

/** Opens files with what the person has for them; at a terminal only, in a pipe nobody would look. */
export function openForPerson(files: readonly string[]): void {
  if (!process.stdout.isTTY) return;
  const [program, ...args] = openers[process.platform] ?? ["xdg-open"];
  for (const file of files) {
    // Whoever has no such program has read the paths.
    spawn(program, [...args, file], { detached: true, stdio: "ignore" })
      .on("error", () => {})
      .unref();
  }
}

const openers: { readonly [platform in NodeJS.Platform]?: readonly [string, ...string[]] } = {
  darwin: ["open"],
  // The first argument in quotation marks would be the title of a window.
  win32: ["cmd", "/c", "start", ""],
};
