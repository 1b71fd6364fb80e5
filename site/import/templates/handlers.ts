/** One handler for tags of many names. */
import type { Handler, Handlers } from "./carry-over.ts";

export function handlersFor(names: readonly string[], handler: Handler): Handlers {
  return Object.fromEntries(names.map((name) => [name, handler]));
}
