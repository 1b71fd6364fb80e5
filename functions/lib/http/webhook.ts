/** Whether a webhook comes from who shares its secret with us. */
import { createHmac, timingSafeEqual } from "node:crypto";

export interface SignedCall {
  readonly headers: Headers;
  /** As it came, byte for byte. */
  readonly body: string;
}

/**
 * Checks a signature in the manner of Svix: HMAC-SHA-256 over `id.timestamp.body`, in base64, one of several after `v1,`,
 * for the secret may be in change. Old ones do not count, so that none can be sent again much later.
 * @see https://docs.svix.com/receiving/verifying-payloads/how-manual
 */
export function isSigned(
  { headers, body }: SignedCall,
  key: Buffer,
  check: { now: Date; withinSeconds: number },
): boolean {
  const [id, timestamp, signatures] = ["id", "timestamp", "signature"].map((name) => headers.get(`svix-${name}`) ?? "");
  const age = Math.abs(check.now.getTime() / 1000 - Number(timestamp));
  if (!id || !timestamp || !(age <= check.withinSeconds)) return false;
  const wanted = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`, "utf8").digest();
  return (signatures ?? "").split(" ").some((each) => {
    const given = Buffer.from(/^v1,([A-Za-z0-9+/]{43}=)$/.exec(each)?.[1] ?? "", "base64");
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}
