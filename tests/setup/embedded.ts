/** One embedded database for all tests of the functions, migrated. */
import type { TestProject } from "vitest/node";
import { openEmbedded } from "../../functions/lib/store/embedded.ts";
import { migrated } from "./migrated.ts";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const embedded = await openEmbedded();
  await migrated(embedded.url);
  project.provide("databaseUrl", embedded.url);
  project.provide("databaseKind", "embedded");
  return embedded.close;
}
