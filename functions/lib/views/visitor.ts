/** A visitor of one day as 16 bytes that mean nothing once the day's salt is gone. */
import { createHmac } from "node:crypto";
import type { Call } from "../http/call.ts";
import { ipPrefix } from "../http/ip.ts";

/** First half of HMAC-SHA-256 over address, user agent and host, keyed with the salt. */
export function visitorOf(salt: Buffer, { ip, request, url }: Call): Buffer {
  const parts = [ipPrefix(ip), request.headers.get("User-Agent") ?? "", url.host];
  return createHmac("sha256", salt).update(JSON.stringify(parts)).digest().subarray(0, 16);
}
