/** What sign-ups may cost, so that nobody can have a stranger's mailbox filled from here. */
import { ipPrefix } from "../http/ip.ts";
import type { KeyRing } from "../keys.ts";
import { limits } from "../limits.ts";
import type { Sql } from "../store/database.ts";
import { type Budget, takeToken } from "../store/rate-bucket.ts";

type Rule =
  | "subscribePerPrefix"
  | "subscribePerDomain"
  | "subscribeAll"
  | "subscribeAllPerDay"
  | "subscribeProven"
  | "subscribeProvenPerDay";

/** `whom` is hashed with our key: a budget's row tells nobody's address. */
function budget(keys: KeyRing, rule: Rule, whom = ""): Budget {
  return { key: keys.hash("rate", `${rule} ${whom}`), ...limits[rule] };
}

/** Seconds to wait before one more sign-up can be taken from this network; absent when this one can. */
export async function spendOfNetwork(sql: Sql, keys: KeyRing, ip: string): Promise<number | undefined> {
  const taken = await takeToken(sql, budget(keys, "subscribePerPrefix", ipPrefix(ip)));
  return taken ? undefined : limits.subscribePerPrefix.secondsPerToken;
}

/** The mails of all sign-ups stand in one line, and in a shorter one those of browsers that have worked. */
export type Line = "open" | "proven";

export function budgetsOfLine(keys: KeyRing, line: Line): readonly Budget[] {
  const rules =
    line === "open"
      ? (["subscribeAll", "subscribeAllPerDay"] as const)
      : (["subscribeProven", "subscribeProvenPerDay"] as const);
  return rules.map((rule) => budget(keys, rule));
}

/** `email` in lower case. */
export function budgetOfDomain(keys: KeyRing, email: string): Budget {
  return budget(keys, "subscribePerDomain", email.slice(email.lastIndexOf("@") + 1));
}
