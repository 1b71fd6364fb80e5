/** Puts views into the database, many in one statement when many come at once. */
import { createSecretKey, type KeyObject } from "node:crypto";
import { limits } from "../limits.ts";
import type { Services } from "../services.ts";
import { type Database, DatabaseDown, type Sql } from "../store/database.ts";
import { addViews, saltOfToday, type View } from "../store/views.ts";
import { inBatches } from "./batches.ts";
import { type Reader, sourceOf, visitorOf } from "./visitor.ts";

export interface Hit {
  readonly slug: string;
  readonly reader: Reader;
}

/** Resolves once the view is stored. Rejects with DatabaseDown when it could not be, in time. */
type Counter = (hit: Hit) => Promise<void>;

interface Today {
  /** ISO date. */
  readonly day: string;
  /** Made into a key once: that takes longer than the hash of a visitor does. */
  readonly salt: KeyObject;
}

type Needed = Pick<Services, "database" | "random">;

/** One per database and instance. */
const counters = new WeakMap<Database, Counter>();

export function counterOf(services: Needed): Counter {
  const known = counters.get(services.database);
  if (known) return known;
  const counter = newCounter(services);
  counters.set(services.database, counter);
  return counter;
}

function newCounter({ database, random }: Needed): Counter {
  let today: Today | undefined;

  async function add(sql: Sql, hits: readonly Hit[]): Promise<void> {
    while (!today || !(await addViews(sql, today.day, viewsOf(today.salt, hits)))) {
      const { day, salt } = await saltOfToday(sql, random(32));
      today = { day, salt: createSecretKey(salt) };
    }
  }

  return inBatches((hits: readonly Hit[]) => database.run((sql) => add(sql, hits)), {
    max: limits.viewBatchMax,
    maxMs: limits.viewMaxMs,
    tooLate: () => new DatabaseDown("the database is behind"),
  });
}

function viewsOf(salt: KeyObject, hits: readonly Hit[]): readonly View[] {
  return hits.map(({ slug, reader }) => ({
    slug,
    visitor: visitorOf(salt, reader),
    source: sourceOf(salt, reader),
  }));
}
