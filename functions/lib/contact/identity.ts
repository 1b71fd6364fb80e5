/** By what a message is recognised when it comes again. */
import type { KeyRing } from "../keys.ts";
import { limits } from "../limits.ts";
import type { Received } from "./message.ts";

export interface Identity {
  /** The same for the same text of the same person within ten minutes, also where there is no database to ask. */
  readonly id: string;
  /** Of the content alone. */
  readonly contentHash: Buffer;
  /** Of the content in these ten minutes. */
  readonly repeatKey: Buffer;
  /** Of the content and the page that sent it, if a script said which. */
  readonly requestKey: Buffer | null;
  /** Every key under which it may already be stored: of the ten minutes before, and under older secrets. */
  readonly known: readonly Buffer[];
}

/** Keyed hashes: what is stored of them tells nothing of the text. `now` by the function's clock. */
export function identify(keys: KeyRing, { message, requestKey }: Received, now: Date): Identity {
  const content = [message.name, message.email.toLowerCase(), message.body];
  const text = (of: string | number) => JSON.stringify([of, ...content]);
  const period = Math.floor(now.getTime() / (limits.contactRepeatMinutes * 60_000));
  const repeatKey = keys.hash("contact-repeat", text(period));
  const all = [period, period - 1, ...(requestKey === undefined ? [] : [requestKey])];
  return {
    id: uuidOf(repeatKey),
    contentHash: keys.hash("contact-repeat", text("")),
    repeatKey,
    requestKey: requestKey === undefined ? null : keys.hash("contact-repeat", text(requestKey)),
    known: all.flatMap((of) => keys.hashes("contact-repeat", text(of))),
  };
}

/** A UUID of our own making. @see RFC 9562 §5.8 */
function uuidOf(hash: Buffer): string {
  const hex = hash.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}
