/** `npm run import -- SOURCE [--from ENGINE] [--to posts] [--dry-run]`: posts of another engine made ours. */
import path from "node:path";
import { parseArgs } from "node:util";
import { ConfigError, readSiteConfig } from "../site/config.ts";
import { readData } from "../site/content/data.ts";
import { importBlog } from "../site/import/import.ts";
import { engineNamed, engines } from "../site/import/recognise.ts";
import { exitCode, importReport } from "../site/import/report.ts";
import { explain, paintFor } from "./terminal.ts";

const usage = `npm run import -- SOURCE [--from ${engines.join("|")}] [--to posts] [--dry-run]`;

try {
  const { values, positionals } = options();
  const [source] = positionals;
  if (!source || positionals.length > 1) throw new ConfigError(`Name one folder or one export to import: ${usage}`);
  const root = path.resolve(import.meta.dirname, "..");
  const { site } = await readData(root, []);
  const outcome = await importBlog({
    source,
    cwd: readSiteConfig(root).calledFrom,
    engine: values.from === undefined ? undefined : engineNamed(values.from),
    target: path.resolve(root, values.to),
    isDryRun: values["dry-run"],
    zone: site?.value.timezone ?? "UTC",
    host: site ? new URL(site.value.url).host : "",
    now: new Date(),
  });
  console.log(importReport(outcome, { isDryRun: values["dry-run"], paint: paintFor(process.stdout) }));
  process.exitCode = exitCode(outcome);
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

function options() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        from: { type: "string" },
        to: { type: "string", default: "posts" },
        "dry-run": { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}
