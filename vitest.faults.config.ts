/** `npm run test:faults`: kills, floods and long runs, too long for every change. docs/faults.md has what they gave. */
import path from "node:path";
import { defineConfig } from "vitest/config";
import { generatedIn } from "./build/generated.ts";
import { hasPostgres } from "./tests/setup/postgres-binaries.ts";

const root = import.meta.dirname;
const isPossible = hasPostgres();

export default defineConfig({
  resolve: {
    alias: { ...generatedIn(path.join(root, ".cache/test")) },
  },
  test: {
    include: ["tests/faults/**/*.test.ts"],
    exclude: isPossible ? [] : ["tests/faults/postgres/**"],
    globalSetup: ["tests/setup/site.ts", ...(isPossible ? ["tests/setup/postgres.ts"] : [])],
    setupFiles: ["tests/functions/support/watch-logs.ts"],
    fileParallelism: false,
    testTimeout: 3_600_000,
    hookTimeout: 120_000,
    passWithNoTests: true,
  },
});
