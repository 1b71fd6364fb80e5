/** Questions to the domain name system, with a difference between "there is none" and "could not be asked". */
import { Resolver } from "node:dns/promises";
import { errorCode } from "../functions/lib/log.ts";

/**
 * Finds out soon that nobody answers. `server` is `192.0.2.1` or `192.0.2.1:53`, this machine's own when absent.
 * Throws ERR_INVALID_IP_ADDRESS.
 */
export function impatientResolver(server?: string): Resolver {
  const resolver = new Resolver({ timeout: 1_000, tries: 2 });
  if (server) resolver.setServers([server]);
  return resolver;
}

/** The texts of every TXT record of `name`, none when there is none. Absent when nobody answered. */
export function txtRecords(resolver: Resolver, name: string): Promise<readonly string[] | undefined> {
  return asked(async () => (await resolver.resolveTxt(name)).map((parts) => parts.join("")));
}

/** Hosts that take the mail of `name`, `""` for one that takes none on purpose. Absent when nobody answered. */
export function mailHosts(resolver: Resolver, name: string): Promise<readonly string[] | undefined> {
  return asked(async () => (await resolver.resolveMx(name)).map(({ exchange }) => exchange));
}

/** Whether somebody answers for the net: offline, some name servers say of every name that it does not exist. */
export async function isOnline(resolver: Resolver, domain: string): Promise<boolean> {
  const topLevel = domain.split(".").at(-1) ?? "";
  const servers = await asked(() => resolver.resolveNs(topLevel));
  return servers !== undefined && servers.length > 0;
}

async function asked(question: () => Promise<readonly string[]>): Promise<readonly string[] | undefined> {
  try {
    return await question();
  } catch (error) {
    // Both mean an answer: no such name, and a name without such a record.
    return /^(?:ENOTFOUND|ENODATA)$/.test(errorCode(error) ?? "") ? [] : undefined;
  }
}
