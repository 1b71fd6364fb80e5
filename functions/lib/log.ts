/** The only way to the log: one JSON line of an event and ids. Never an address, a text, a token or an IP. */
import { AsyncLocalStorage } from "node:async_hooks";

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

const requests = new AsyncLocalStorage<string>();

/** Every line that `work` writes, also after it has answered, carries the request's id. */
export function inRequest<T>(requestId: string, work: () => T): T {
  return requests.run(requestId, work);
}

/** Writes to stdout, warnings and errors to stderr. `event` is a fixed phrase, never made of input. */
export function log(level: "info" | "warn" | "error", event: string, fields: LogFields = {}): void {
  const line = JSON.stringify({
    time: new Date().toISOString(),
    level,
    event,
    requestId: requests.getStore(),
    ...fields,
  });
  // biome-ignore lint/suspicious/noConsole: here ends every log line; the platform collects the console.
  (level === "info" ? console.log : console.error)(line);
}

/** Name, codes and place of an error. Its message stays out: drivers quote values and mail servers quote addresses in it. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const at = error.stack?.split("\n").find((line) => /^\s+at /.test(line));
  const cause = error.cause instanceof Error ? errorCode(error.cause) : undefined;
  return { error: error.name, code: errorCode(error), cause, at: at?.trim() };
}

/** The short code that Node.js, the database or nodemailer gave, `ECONNREFUSED`, `23505`. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^\w{1,40}$/.test(code) ? code : undefined;
}
