/** Reads a request's body up to a limit of bytes and of time, as text in strict UTF-8. */
import { limits } from "../limits.ts";
import { mediaType } from "./call.ts";
import { accept, malformed, type Result, refuse, tooLarge, tooSlow, unsupportedType } from "./problem.ts";

export interface BodyLimit {
  readonly maxBytes: number;
  /** The beginning of a body that is too large comes with the refusal. Otherwise one that says so is not read at all. */
  readonly keepsBeginning?: boolean | undefined;
}

/**
 * The whole body. Refuses what says or turns out to be larger than `maxBytes`, what takes longer than five seconds, and
 * what is not UTF-8 or has a NUL.
 */
export async function readText(request: Request, { maxBytes, keepsBeginning }: BodyLimit): Promise<Result<string>> {
  const { headers } = request;
  if (headers.has("Content-Encoding") || !speaksUtf8(headers)) return refuse(unsupportedType);
  const saysTooLarge = Number(headers.get("Content-Length") ?? 0) > maxBytes;
  if (saysTooLarge && !keepsBeginning) return refuse(tooLarge(maxBytes));
  try {
    const { bytes, isWhole } = await readBytes(request.body, maxBytes);
    if (isWhole === undefined) return refuse(tooSlow);
    if (isWhole && !saysTooLarge) return decode(bytes);
    return refuse(tooLarge(maxBytes), keepsBeginning ? bytes.toString("utf8") : undefined);
  } catch {
    return refuse(malformed("The request broke off."));
  }
}

/** A multipart body has its charset in its parts; ours are UTF-8. */
function speaksUtf8(headers: Headers): boolean {
  const charset = /;\s*charset="?([^";\s]*)/i.exec(headers.get("Content-Type") ?? "")?.[1] ?? "utf-8";
  return mediaType(headers) === "multipart/form-data" || /^utf-?8$/i.test(charset);
}

interface Bytes {
  /** At most as many as wanted. */
  readonly bytes: Buffer;
  /** Absent when time was over. */
  readonly isWhole: boolean | undefined;
}

/** Counts while it reads and stops at the limit. */
async function readBytes(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Bytes> {
  const reader = body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    void reader?.cancel().catch(() => {});
  }, limits.bodyWaitMs);
  try {
    while (reader && size <= maxBytes) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value.subarray(0, maxBytes - size));
      size += value.byteLength;
    }
  } finally {
    clearTimeout(timer);
  }
  if (size > maxBytes) void reader?.cancel().catch(() => {});
  return { bytes: Buffer.concat(chunks), isWhole: isLate ? undefined : size <= maxBytes };
}

function decode(bytes: Buffer): Result<string> {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? refuse(malformed("The text has a NUL character.")) : accept(text);
  } catch {
    return refuse(malformed("The text is not UTF-8."));
  }
}
