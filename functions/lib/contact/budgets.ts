/** What messages may cost, and whom. */
import { ipPrefix } from "../http/ip.ts";
import type { KeyRing } from "../keys.ts";
import { limits } from "../limits.ts";
import type { Sql } from "../store/database.ts";
import { type Budget, takeToken } from "../store/rate-bucket.ts";

type Rule =
  | "contactPerPrefix"
  | "contactPerPrefixAndDay"
  | "contactPerAddress"
  | "contactAll"
  | "contactAllPerDay"
  | "contactNotices";

/** `whom` is hashed with our key: a budget's row tells nobody's address. */
function budget(keys: KeyRing, rule: Rule, whom = ""): Budget {
  return { key: keys.hash("rate", `${rule} ${whom}`), ...limits[rule] };
}

/** Seconds to wait before one more message can be taken from this network; absent when this one can. */
export async function spendOfNetwork(sql: Sql, keys: KeyRing, ip: string): Promise<number | undefined> {
  const rules = ["contactPerPrefix", "contactPerPrefixAndDay"] as const;
  return spend(sql, keys, { rules, whom: ipPrefix(ip) });
}

/** The same for all there may be of a day. */
export async function spendOfDay(sql: Sql, keys: KeyRing): Promise<number | undefined> {
  return spend(sql, keys, { rules: ["contactAllPerDay"], whom: "" });
}

async function spend(sql: Sql, keys: KeyRing, { rules, whom }: { rules: readonly Rule[]; whom: string }) {
  const taken = await Promise.all(rules.map((rule) => takeToken(sql, budget(keys, rule, whom))));
  const spent = rules.filter((_, at) => !taken[at]).map((rule) => limits[rule].secondsPerToken);
  return spent.length > 0 ? Math.max(...spent) : undefined;
}

/** Names of the budgets that are spent: of the sender's address, of all messages of this hour. */
export async function spendOfHour(sql: Sql, keys: KeyRing, email: string): Promise<ReadonlySet<"address" | "busy">> {
  const [address, all] = await Promise.all([
    takeToken(sql, budget(keys, "contactPerAddress", email.toLowerCase())),
    takeToken(sql, budget(keys, "contactAll")),
  ]);
  return new Set([...(address ? [] : ["address" as const]), ...(all ? [] : ["busy" as const])]);
}

/** Whether the owner may get another mail about a single message. */
export function spendNotice(sql: Sql, keys: KeyRing): Promise<boolean> {
  return takeToken(sql, budget(keys, "contactNotices"));
}
