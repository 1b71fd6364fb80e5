/** The public key that receivers check mails with. Its name, the selector, stands in each mail and in no list. */
import type { Resolver } from "node:dns/promises";
import { txtRecords } from "./dns-questions.ts";
import { readDkim } from "./dns-records.ts";
import { type Finding, missing, skipped } from "./finding.ts";

const shown = 3;

/** Under which the larger providers and mail servers publish theirs. */
export const usualSelectors: readonly string[] = [
  ...["google", "selector1", "selector2", "default", "dkim", "mail", "email", "smtp", "key1", "k1", "k2", "k3"],
  ...[
    "s1",
    "s2",
    "s1024",
    "s2048",
    "m1",
    "mandrill",
    "mta",
    "mx",
    "pm",
    "mailjet",
    "resend",
    "sib",
    "brevo1",
    "brevo2",
  ],
  ...["fm1", "fm2", "fm3", "protonmail", "zmail", "zoho", "sig1", "litesrv", "ed25519", "rsa"],
];

const publishIt = "publish the key as the provider of the relay says";
const nameIt = "name yours with npm run doctor -- --selector NAME; the provider of the relay says it";

/** `selectors` are those the person named; without any the usual ones are tried. */
export async function checkDkim(
  resolver: Resolver,
  domain: string,
  selectors: readonly string[],
): Promise<readonly Finding[]> {
  const ask = (name: string) => txtRecords(resolver, `${name}._domainkey.${domain}`);
  if (selectors.length > 0)
    return Promise.all(selectors.map(async (name) => ofSelector(name, await ask(name), publishIt)));
  const answers = await Promise.all(usualSelectors.map(async (name) => ofSelector(name, await ask(name), nameIt)));
  if (answers.every(({ state }) => state === "skipped")) return [skipped("DKIM", "nobody answered")];
  const good = answers.filter(({ state }) => state === "ok");
  // A domain may answer to every selector alike: one line says it.
  const telling = good.length > 0 ? good.slice(0, shown) : answers.filter(({ state }) => state === "wrong").slice(0, 1);
  if (telling.length > 0) return telling;
  return [missing("DKIM", "not under the usual selectors, and they cannot be listed", { remedy: nameIt })];
}

function ofSelector(name: string, records: readonly string[] | undefined, remedy: string): Finding {
  const subject = `DKIM ${name}`;
  if (!records) return skipped(subject, "nobody answered");
  const { state, detail } = readDkim(records);
  return { state, subject, detail, blocks: false, ...(state !== "ok" && { remedy }) };
}
