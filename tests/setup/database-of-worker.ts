/** What tests learn of the databases that were brought up for their project. */
import { inject } from "vitest";

declare module "vitest" {
  export interface ProvidedContext {
    /** One for each worker, for tests empty theirs. */
    databaseUrls: readonly string[];
    databaseKind: "embedded" | "postgresql";
  }
}

/** The database that this worker has for itself, in a test. */
export function databaseOfWorker(): string {
  const worker = Number(process.env["VITEST_POOL_ID"]);
  const url = inject("databaseUrls")[worker - 1];
  if (!url) throw new Error(`no database for worker ${worker}`);
  return url;
}
