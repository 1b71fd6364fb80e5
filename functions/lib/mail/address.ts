/** Our own strict parser of one e-mail address: a library's also takes lists, groups, comments and names. */
import { domainToASCII } from "node:url";
import { limits } from "../limits.ts";

/** An address as the mailer takes it: never a string, so that nothing in it is parsed again. */
export interface Address {
  readonly address: string;
  readonly name?: string;
}

const localPart = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * `local@domain` with a dot-atom of ASCII on the left and a host name of two labels or more on the right; an
 * internationalised domain becomes its ASCII form, in lower case. Absent for anything else: quoted local parts, IP
 * literals, lists, display names.
 * @see RFC 5321 §4.1.2, §4.5.3.1
 */
export function parseAddress(text: string): Address | undefined {
  const at = text.lastIndexOf("@");
  const local = text.slice(0, Math.max(at, 0));
  const domain = asciiDomain(text.slice(at + 1));
  const address = `${local}@${domain}`;
  const sound =
    local.length <= 64 && localPart.test(local) && isHostName(domain) && address.length <= limits.emailMaxLength;
  return sound ? { address } : undefined;
}

/** `name@example.com` or `Some Name <name@example.com>`, as the owner configures the sender. */
export function parseMailbox(text: string): Address | undefined {
  const named = /^\s*"?([^"<>\p{Cc}]*?)"?\s*<([^<>]+)>\s*$/u.exec(text);
  const parsed = parseAddress(named?.[2] ?? text.trim());
  const name = named?.[1]?.trim();
  return parsed && name ? { ...parsed, name } : parsed;
}

/** The form under which an address is recognised again: providers ignore case, whatever the standard allows. */
export function normalAddress({ address }: Address): string {
  return address.toLowerCase();
}

function asciiDomain(domain: string): string {
  if (/[\p{Cc}\s]/u.test(domain)) return "";
  // Only for what is not ASCII: the URL rules would read "1.2" as an IP address.
  return /^[!-~]*$/.test(domain) ? domain.toLowerCase() : domainToASCII(domain);
}

function isHostName(domain: string): boolean {
  const labels = domain.split(".");
  return (
    domain.length <= 253 &&
    labels.length >= 2 &&
    labels.every((part) => label.test(part)) &&
    !/^\d+$/.test(labels.at(-1) ?? "")
  );
}
