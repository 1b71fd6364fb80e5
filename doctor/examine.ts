/** All checks at once, in the groups in which a person reads them. Reads; changes nothing, sends nothing. */
import type { Resolver } from "node:dns/promises";
import path from "node:path";
import type { Inspection } from "../functions/lib/config.ts";
import { loadContent } from "../site/content/load.ts";
import { dueMoments } from "../site/publish/schedule.ts";
import { checkAddresses } from "./addresses.ts";
import { checkContent } from "./content.ts";
import { checkDatabase } from "./database.ts";
import { checkDns } from "./dns.ts";
import { checkEnvironment } from "./environment.ts";
import { checkFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { checkLastBuild } from "./last-build.ts";
import { checkMail } from "./mail.ts";
import { type Check, type Limit, within } from "./time-limit.ts";

export interface Patient {
  /** Project root, absolute. */
  readonly root: string;
  readonly inspection: Inspection;
  /** DKIM selectors that the person named. */
  readonly selectors: readonly string[];
  readonly resolver: Resolver;
}

export interface Group {
  readonly title: string;
  readonly findings: readonly Finding[];
}

/** For what asks other machines, longer than their own limits, and for what reads this one. */
const remoteMs = 12_000;
const localMs = 60_000;

/** Never rejects; takes at most as long as the slowest limit. */
export async function examine({ root, inspection, selectors, resolver }: Patient): Promise<readonly Group[]> {
  const { config } = inspection;
  const content = loadContent(root, { siteUrl: config.siteUrl, asOf: new Date(), cache: path.join(root, ".cache") });
  const domain = config.mailFrom?.address.split("@").at(-1);
  return Promise.all([
    group("Content", { ms: localMs, blocks: true }, async () => {
      const loaded = await content;
      return [...checkContent(loaded), ...(loaded.blog ? await checkAddresses(root, loaded.blog) : [])];
    }),
    group("Owner's facts", { ms: localMs, blocks: false }, () => checkFacts(root, config.siteUrl)),
    group("Environment", { ms: localMs, blocks: true }, async () => {
      const { blog } = await content.catch(() => ({ blog: undefined }));
      return checkEnvironment(inspection, blog ? dueMoments(blog).length : 0);
    }),
    group("Database", { ms: remoteMs, blocks: true }, () => checkDatabase(root, config.databaseUrl)),
    group("Mail", { ms: remoteMs, blocks: true }, () => checkMail(config.smtpUrl)),
    group("DNS", { ms: remoteMs, blocks: false }, () => checkDns(resolver, { domain, selectors })),
    group("Last build", { ms: localMs, blocks: false }, () => checkLastBuild(root)),
  ]);
}

async function group(title: string, limit: Omit<Limit, "subject">, check: Check): Promise<Group> {
  return { title, findings: await within({ subject: title.toLowerCase(), ...limit }, check) };
}
