/** What the TXT records of a sender's domain say, read as receivers of mail read them. Pure: no network. */
import { createPublicKey } from "node:crypto";

/** A record that receivers can use, none at all, or one they make nothing of. `detail` is one line without a full stop. */
export interface Verdict {
  readonly state: "ok" | "missing" | "wrong";
  readonly detail: string;
}

/** More look-ups than this, and receivers give up. @see RFC 7208 §4.6.4 */
const maxSpfLookups = 10;

/** `records` are all TXT records of the domain. @see RFC 7208 §3.2, §4.5 */
export function readSpf(records: readonly string[]): Verdict {
  const policies = records.filter((record) => /^v=spf1(?: |$)/i.test(record));
  const terms = policies[0]?.toLowerCase().split(/ +/).slice(1) ?? [];
  const lookups = terms.filter((term) => /^[+?~-]?(?:include:|exists:|redirect=|(?:a|mx|ptr)(?:[:/]|$))/.test(term));
  if (policies.length === 0) return { state: "missing", detail: "no record" };
  if (policies.length > 1)
    return { state: "wrong", detail: `${policies.length} records: receivers take more than one for none` };
  if (lookups.length > maxSpfLookups)
    return { state: "wrong", detail: `needs ${lookups.length} look-ups, and receivers make ${maxSpfLookups}` };
  if (terms.some((term) => /^\+?all$/.test(term)))
    return { state: "wrong", detail: "+all lets anybody send in your name" };
  return { state: "ok", detail: "one record" };
}

/** `records` are all TXT records of `_dmarc.` before the domain. @see RFC 7489 §6.3, §6.6.3 */
export function readDmarc(records: readonly string[]): Verdict {
  const policies = records.filter((record) => /^v\s*=\s*DMARC1\s*(?:;|$)/.test(record));
  if (policies.length === 0) return { state: "missing", detail: "no record" };
  if (policies.length > 1)
    return { state: "wrong", detail: `${policies.length} records: receivers take more than one for none` };
  const policy =
    tags(policies[0] ?? "")
      .get("p")
      ?.toLowerCase() ?? "";
  if (!/^(?:none|quarantine|reject)$/.test(policy))
    return { state: "wrong", detail: "p= must be none, quarantine or reject" };
  return { state: "ok", detail: policy === "none" ? "p=none: reports, and nothing is refused yet" : `p=${policy}` };
}

/** RSA keys below this are no keys to receivers. @see RFC 8301 §3.2 */
const minRsaBits = 1024;

/** `records` are all TXT records of `selector._domainkey.` before the domain. @see RFC 6376 §3.6.1, RFC 8463 */
export function readDkim(records: readonly string[]): Verdict {
  const keys = records.map(tags).filter((record) => record.has("p") && (record.get("v") ?? "DKIM1") === "DKIM1");
  const [key] = keys;
  if (!key) return { state: "missing", detail: "no key" };
  if (keys.length > 1) return { state: "wrong", detail: `${keys.length} keys at one selector: receivers choose any` };
  const bytes = Buffer.from(key.get("p")?.replace(/\s/g, "") ?? "", "base64");
  if (bytes.length === 0) return { state: "wrong", detail: "the key was revoked" };
  return (key.get("k") ?? "rsa").toLowerCase() === "ed25519" ? readEd25519(bytes) : readRsa(bytes);
}

function readEd25519(bytes: Buffer): Verdict {
  if (bytes.length === 32) return { state: "ok", detail: "Ed25519 key" };
  return { state: "wrong", detail: "the key is cut off or damaged" };
}

function readRsa(bytes: Buffer): Verdict {
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: bytes, format: "der", type: "spki" });
    const bits = asymmetricKeyDetails?.modulusLength ?? 0;
    if (bits >= minRsaBits) return { state: "ok", detail: `RSA key of ${bits} bits` };
    return { state: "wrong", detail: `an RSA key of ${bits} bits is too short, 2048 is usual` };
  } catch {
    return { state: "wrong", detail: "the key is cut off or damaged" };
  }
}

/** `a=b; c=d`, the first of a name counting. */
function tags(record: string): ReadonlyMap<string, string> {
  const pairs = record.split(";").flatMap((part) => {
    const at = part.indexOf("=");
    return at < 0 ? [] : [[part.slice(0, at).trim(), part.slice(at + 1).trim()] as const];
  });
  return new Map(pairs.reverse());
}
