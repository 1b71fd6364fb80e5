/** One command, four kinds of tests; each kind brings up what it needs and says when it cannot. */
import { availableParallelism } from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";
import { generatedIn } from "./build/generated.ts";
import { hasPostgres } from "./tests/setup/postgres-binaries.ts";

const root = import.meta.dirname;

/** Tests of the functions that need none of the shared database, and so may run side by side. */
const withoutDatabase = [
  "tests/functions/doors.test.ts",
  "tests/functions/lib/*.test.ts",
  "tests/functions/lib/!(store)/*.test.ts",
  "tests/functions/lib/store/embedded.test.ts",
];

/** Crashes, kills and races of the newsletter's sender, and browsers: a matter of the real database, at the seconds they cost. */
const realDatabaseOnly = ["tests/functions/sending/{faults,kills,consent,scanners}.test.ts"];

/** Keeps the log of every test of the functions, and holds it against what they sent. */
const setupFiles = ["tests/functions/support/watch-logs.ts"];

/** The doors and the store, on the databases that `setup` brings up, one for each worker. */
function onDatabase(name: string, setup: string, except: readonly string[] = []) {
  const include = ["tests/functions/**/*.test.ts", "tests/doctor/database.test.ts"];
  const exclude = [...withoutDatabase, ...except];
  const test = { name, include, exclude, globalSetup: [setup], setupFiles };
  return { extends: true as const, test };
}

export default defineConfig({
  resolve: {
    alias: { ...generatedIn(path.join(root, ".cache/test")) },
  },
  test: {
    // Builds the site once: the functions' manifest and the pages that tests read.
    globalSetup: ["tests/setup/site.ts"],
    // By default one core stays free, which on the usual two leaves only one; tests of servers mostly wait.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: { name: "site", include: ["tests/{site,build,dev}/**/*.test.ts", "tests/doctor/!(database).test.ts"] },
      },
      { extends: true, test: { name: "functions", include: withoutDatabase, setupFiles } },
      onDatabase("embedded", "tests/setup/embedded.ts", realDatabaseOnly),
      ...(hasPostgres() ? [onDatabase("postgresql", "tests/setup/postgres.ts")] : []),
      {
        extends: true,
        test: { name: "browser", include: ["tests/browser/**/*.test.ts"], testTimeout: 90_000 },
      },
    ],
  },
});
