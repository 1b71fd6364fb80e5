/** Reads a request's body up to a limit, as text in strict UTF-8. */
import { mediaType } from "./call.ts";
import { accept, malformed, type Result, refuse, tooLarge, unsupportedType } from "./problem.ts";

/** The whole body. Refuses what says or turns out to be larger than `maxBytes`, and what is not UTF-8 or has a NUL. */
export async function readText(request: Request, maxBytes: number): Promise<Result<string>> {
  const { headers } = request;
  if (headers.has("Content-Encoding") || !speaksUtf8(headers)) return refuse(unsupportedType);
  if (Number(headers.get("Content-Length") ?? 0) > maxBytes) return refuse(tooLarge(maxBytes));
  try {
    const bytes = await readBytes(request.body, maxBytes);
    return bytes ? decode(bytes) : refuse(tooLarge(maxBytes));
  } catch {
    return refuse(malformed("The request broke off."));
  }
}

/** A multipart body has its charset in its parts; ours are UTF-8. */
function speaksUtf8(headers: Headers): boolean {
  const charset = /;\s*charset="?([^";\s]*)/i.exec(headers.get("Content-Type") ?? "")?.[1] ?? "utf-8";
  return mediaType(headers) === "multipart/form-data" || /^utf-?8$/i.test(charset);
}

/** Counts while it reads and stops at the limit; absent when there is more. */
async function readBytes(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the stream.
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Buffer): Result<string> {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? refuse(malformed("The text has a NUL character.")) : accept(text);
  } catch {
    return refuse(malformed("The text is not UTF-8."));
  }
}
