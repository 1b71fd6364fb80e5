/** Embedded databases for the tests of the functions, migrated. */
import type { TestProject } from "vitest/node";
import { openEmbedded } from "../../functions/lib/store/embedded.ts";
import { migrated } from "./migrated.ts";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const databases = await Promise.all(Array.from({ length: project.config.maxWorkers }, () => openEmbedded()));
  project.provide("databaseUrls", await Promise.all(databases.map(({ url }) => migrated(url))));
  project.provide("databaseKind", "embedded");
  return async () => {
    await Promise.all(databases.map((database) => database.close()));
  };
}
