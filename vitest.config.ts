/** One command, four kinds of tests; each kind brings up what it needs and says when it cannot. */
import path from "node:path";
import { defineConfig } from "vitest/config";
import { hasPostgres } from "./tests/setup/postgres-binaries.ts";

const root = import.meta.dirname;

/** What speaks to the database, once more on a real PostgreSQL, where this machine has one. */
function postgresql() {
  if (!hasPostgres()) return [];
  const test = {
    name: "postgresql",
    include: ["tests/functions/*.test.ts", "tests/functions/lib/store/*.test.ts"],
    exclude: ["tests/functions/doors.test.ts", "tests/functions/lib/store/embedded.test.ts"],
    globalSetup: ["tests/setup/postgres.ts"],
    fileParallelism: false,
  };
  return [{ extends: true as const, test }];
}

export default defineConfig({
  resolve: { alias: { "#site": path.join(root, ".cache/test/site-manifest.json") } },
  test: {
    // Builds the site once: the functions' manifest and the pages that tests read.
    globalSetup: ["tests/setup/site.ts"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: "site", include: ["tests/{site,build,dev}/**/*.test.ts"] } },
      {
        extends: true,
        test: {
          name: "functions",
          include: ["tests/functions/**/*.test.ts"],
          globalSetup: ["tests/setup/embedded.ts"],
          fileParallelism: false,
        },
      },
      ...postgresql(),
      {
        extends: true,
        test: { name: "browser", include: ["tests/browser/**/*.test.ts"], testTimeout: 90_000, fileParallelism: false },
      },
    ],
  },
});
