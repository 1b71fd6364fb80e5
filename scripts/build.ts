/** `npm run build`: `_site/` and `_functions/`, ready for the host. */
import path from "node:path";
import { bundleFunctions } from "../build/functions.ts";
import { generatedIn } from "../build/generated.ts";
import { buildSite } from "../build/site.ts";
import { startWatch } from "../build/stages.ts";
import { buildSummary } from "../build/summary.ts";
import { openDatabase } from "../functions/lib/store/database.ts";
import { migrate } from "../functions/lib/store/migrate.ts";
import { readSiteConfig } from "../site/config.ts";
import { formatReport } from "../site/content/problem.ts";
import { explain, paintFor } from "./terminal.ts";

const migrationWaitMs = 60_000;
const root = path.resolve(import.meta.dirname, "..");

try {
  const watch = startWatch(0);
  watch.ended("start");
  const { siteUrl, databaseToMigrate } = readSiteConfig(root);
  const generated = generatedIn(path.join(root, ".cache"));
  const { blog, warnings, ...built } = await buildSite({
    root,
    output: path.join(root, "_site"),
    generated,
    cache: path.join(root, ".cache"),
    siteUrl,
    isPreview: false,
    ledger: "published-addresses.txt",
    watch,
  });
  const doors = await bundleFunctions(root, path.join(root, "_functions"), generated);
  watch.ended("functions");
  if (databaseToMigrate) await migrateBeforeDeploy(databaseToMigrate);
  const figures = { ...built, posts: blog.posts.length, functions: doors.length };
  console.log(buildSummary({ ...figures, times: watch.times }, paintFor(process.stdout)));
  // Last, where they are seen.
  if (warnings.length > 0) console.error(`\n${formatReport(warnings, paintFor(process.stderr))}`);
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

/** Last, when everything else is made: a build that fails changes no database. */
async function migrateBeforeDeploy(databaseUrl: string): Promise<void> {
  // A migration may take longer than an answer may.
  const database = openDatabase(databaseUrl, migrationWaitMs);
  const applied = await migrate(database, path.join(root, "netlify/database/migrations"));
  await database.close();
  if (applied.length > 0) console.log(`Applied to the database: ${applied.join(", ")}`);
}
