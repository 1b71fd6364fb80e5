/** What is counted after mails of an issue met with a fault, however it was made. */
import type { Sql } from "../../../functions/lib/store/database.ts";
import { sql } from "./database.ts";
import { type Newsletter, received } from "./sending.ts";

export interface Losses {
  readonly recipients: number;
  /** Kills, crashes, cut connections, or what the relay did wrong. */
  readonly faults: number;
  /** Not mailed, and the books do not say so. */
  readonly lost: number;
  readonly doubled: number;
  /** Refused for good. */
  readonly failed: number;
  readonly unknown: number;
  /** Samples of the books, each of which added up. */
  readonly samples: number;
}

type Mailed = Omit<Losses, "faults" | "samples">;

/** Of the mails that there are now in the database, and in the relay. */
export async function lossesOf(opened: Newsletter, database: Sql = sql): Promise<Mailed> {
  const mailed = received(opened);
  const rows = await database<{ email: string; state: string }[]>`
    SELECT email, state FROM delivery JOIN subscriber ON subscriber.id = subscriber_id`;
  const count = (wanted: string) => rows.filter(({ state }) => state === wanted).length;
  const isNamed = (state: string) => state === "unknown" || state === "failed";
  return {
    recipients: rows.length,
    lost: rows.filter(({ email, state }) => !isNamed(state) && !mailed.has(email)).length,
    doubled: [...mailed.values()].filter((times) => times > 1).length,
    failed: count("failed"),
    unknown: count("unknown"),
  };
}

export function sumOf(all: readonly Losses[]): Losses {
  const sum = (key: keyof Losses) => all.reduce((total, each) => total + each[key], 0);
  return {
    recipients: sum("recipients"),
    faults: sum("faults"),
    lost: sum("lost"),
    doubled: sum("doubled"),
    failed: sum("failed"),
    unknown: sum("unknown"),
    samples: sum("samples"),
  };
}
