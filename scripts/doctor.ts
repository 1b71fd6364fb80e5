/** `npm run doctor [-- OPTIONS]`: what the site still needs before it works in production. Reads `.env` too. */
import { parseArgs } from "node:util";
import { impatientResolver } from "../doctor/dns-questions.ts";
import { examine } from "../doctor/examine.ts";
import { blocked } from "../doctor/finding.ts";
import { findingsAsJson, formatFindings } from "../doctor/report.ts";
import { inspectConfig } from "../functions/lib/config.ts";
import { loadEnvironmentFile } from "../site/config.ts";
import { explain, paintFor } from "./terminal.ts";

const usage = "npm run doctor [-- --json --selector NAME --name-server ADDRESS]";

try {
  const { values } = parseArgs({
    options: {
      json: { type: "boolean", default: false },
      selector: { type: "string", multiple: true, default: [] },
      "name-server": { type: "string" },
    },
  });
  const root = process.cwd();
  loadEnvironmentFile(root);
  const inspection = inspectConfig();
  const groups = await examine({
    root,
    inspection,
    selectors: values.selector,
    resolver: impatientResolver(values["name-server"]),
  });
  const report = values.json ? findingsAsJson(groups) : formatFindings(groups, paintFor(process.stdout));
  const status = blocked(groups.flatMap(({ findings }) => findings)) ? 1 : 0;
  // A connection that was given up may still be open; it must not keep the person waiting.
  process.stdout.write(`${report}\n`, () => process.exit(status));
} catch (error) {
  console.error(isMisuse(error) ? `${error.message}\n${usage}` : explain(error));
  process.exitCode = 1;
}

function isMisuse(error: unknown): error is Error {
  return error instanceof Error && "code" in error && /^ERR_(?:PARSE_ARGS|INVALID_IP)/.test(String(error.code));
}
