/** A visitor of one day, and the network the visit comes from, as bytes that mean nothing once the day's salt is gone. */
import { createHmac, type KeyObject } from "node:crypto";
import type { Call } from "../http/call.ts";
import { ipPrefix } from "../http/ip.ts";

/** What is known of a reader, for as long as the view waits for its turn. */
export interface Reader {
  /** An IPv4 address, or the /64 of an IPv6 address. */
  readonly network: string;
  readonly userAgent: string;
  readonly host: string;
}

export function readerOf({ ip, request, url }: Call): Reader {
  return { network: ipPrefix(ip), userAgent: request.headers.get("User-Agent") ?? "", host: url.host };
}

/** First half of HMAC-SHA-256 over network, user agent and host, keyed with the day's salt. */
export function visitorOf(salt: KeyObject, { network, userAgent, host }: Reader): Buffer {
  return half(salt, [network, userAgent, host]);
}

/** The same over the network alone. */
export function sourceOf(salt: KeyObject, { network }: Reader): Buffer {
  return half(salt, [network]);
}

function half(salt: KeyObject, parts: readonly string[]): Buffer {
  return createHmac("sha256", salt).update(JSON.stringify(parts)).digest().subarray(0, 16);
}
