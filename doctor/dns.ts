/**
 * The records that let others believe mails of the sender's domain. Never blocking: a cache, a firewall or a name server at
 * home may answer for the net, and a mail without them still leaves.
 */
import type { Resolver } from "node:dns/promises";
import { checkDkim } from "./dkim.ts";
import { isOnline, mailHosts, txtRecords } from "./dns-questions.ts";
import { readDmarc, readSpf, type Verdict } from "./dns-records.ts";
import { isExampleDomain } from "./example-domain.ts";
import { type Finding, missing, ok, skipped, wrong } from "./finding.ts";

export interface Sender {
  /** Of MAIL_FROM; absent when the environment has no usable one. */
  readonly domain: string | undefined;
  /** DKIM selectors that the person named. */
  readonly selectors: readonly string[];
}

/** All questions together; whatever is open after it counts as not answered. */
const patienceMs = 6_000;

export async function checkDns(resolver: Resolver, { domain, selectors }: Sender): Promise<readonly Finding[]> {
  if (!domain) return [skipped("records", "no MAIL_FROM to look for")];
  if (isExampleDomain(domain)) return [skipped("records", `${domain} is a domain for examples`)];
  const patience = setTimeout(() => resolver.cancel(), patienceMs);
  const checks = [checkSpf(resolver, domain), checkDkim(resolver, domain, selectors), checkDmarc(resolver, domain)];
  const findings = (await Promise.all([...checks, checkMailHosts(resolver, domain)])).flat();
  const heard = findings.some(({ state }) => state === "ok" || state === "wrong") || (await isOnline(resolver, domain));
  clearTimeout(patience);
  return heard ? findings : [skipped("records", `not online: no name server knows of ${domain}`)];
}

async function checkSpf(resolver: Resolver, domain: string): Promise<readonly Finding[]> {
  const records = await txtRecords(resolver, domain);
  if (!records) return [skipped("SPF", "nobody answered")];
  return [
    said("SPF", readSpf(records), `let ${domain} have one TXT record v=spf1 … as the provider of the relay says`),
  ];
}

/** The record of the domain, else of the nearest one above it that has one. @see RFC 9989, the tree walk */
async function checkDmarc(resolver: Resolver, domain: string): Promise<readonly Finding[]> {
  const labels = domain.split(".");
  const remedy = `let _dmarc.${domain} have one TXT record; v=DMARC1; p=none is a beginning`;
  for (let first = 0; labels.length - first >= 2; first += 1) {
    const name = labels.slice(first).join(".");
    const records = await txtRecords(resolver, `_dmarc.${name}`);
    if (!records) return [skipped("DMARC", "nobody answered")];
    const verdict = readDmarc(records);
    if (verdict.state === "missing") continue;
    return [said("DMARC", first > 0 ? { ...verdict, detail: `${verdict.detail} (of ${name})` } : verdict, remedy)];
  }
  return [said("DMARC", { state: "missing", detail: "no record" }, remedy)];
}

/** Where answers and bounces go. A domain that says it takes no mail is refused as a sender. @see RFC 7505 §4.2 */
async function checkMailHosts(resolver: Resolver, domain: string): Promise<readonly Finding[]> {
  const hosts = await mailHosts(resolver, domain);
  const remedy = "give it the MX records of your mail provider";
  if (!hosts) return [skipped("MX", "nobody answered")];
  if (hosts.length === 0)
    return [missing("MX", `no record: answers and bounces to ${domain} may reach nobody`, { remedy })];
  if (hosts.every((host) => host === ""))
    return [wrong("MX", `${domain} says that it takes no mail; others refuse what it sends`, { remedy })];
  return [ok("MX", hosts.length === 1 ? "one mail host" : `${hosts.length} mail hosts`)];
}

function said(subject: string, { state, detail }: Verdict, remedy: string): Finding {
  return { state, subject, detail, blocks: false, ...(state !== "ok" && { remedy }) };
}
