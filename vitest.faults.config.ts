/** `npm run test:faults`: kills, floods and slow databases, often enough to trust; some ten minutes. */

import { hasPostgres } from "./tests/setup/postgres-binaries.ts";
import base, { onDatabase } from "./vitest.config.ts";

const include = ["tests/faults/**/*.test.ts"];

export default {
  ...base,
  test: {
    ...base.test,
    testTimeout: 900_000,
    projects: [
      onDatabase("embedded", "tests/setup/embedded.ts", include),
      ...(hasPostgres() ? [onDatabase("postgresql", "tests/setup/postgres.ts", include)] : []),
    ],
  },
};
