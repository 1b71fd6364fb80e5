/** `npm run check:links`: dead links of the built site. `--external` asks for the pages elsewhere that posts and data name. */
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { doorPaths } from "../build/functions.ts";
import { readNetlifyRules } from "../build/netlify-rules.ts";
import { ConfigError, readSiteConfig } from "../site/config.ts";
import { loadBlog } from "../site/content/load.ts";
import { type ContentProblem, formatReport } from "../site/content/problem.ts";
import { problemsAsJson } from "../site/content/problem-formats.ts";
import { askOver } from "../site/links/ask.ts";
import { externalProblems, type Progress } from "../site/links/check-external.ts";
import { outputProblems } from "../site/links/check-output.ts";
import { readOutput } from "../site/links/output.ts";
import { politely } from "../site/links/polite.ts";
import { sourceLinks } from "../site/links/source-links.ts";
import { openVerdictCache } from "../site/links/verdict-cache.ts";
import { explain, paintFor } from "./terminal.ts";

const archive = "https://archive.org/wayback/available";
const timeoutMs = 15_000;
const root = process.cwd();
const flag = { type: "boolean", default: false } as const;

try {
  const { values } = parseArgs({ options: { external: flag, fresh: flag, json: flag } });
  const problems = values.external ? await checkElsewhere(values.fresh) : await checkBuiltSite();
  if (values.json) console.log(problemsAsJson(problems));
  else if (problems.length > 0) console.log(formatReport(problems, paintFor(process.stdout)));
  else console.log("no dead links found");
  process.exitCode = problems.some(({ severity }) => severity === "error") ? 1 : 0;
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

async function checkBuiltSite(): Promise<ContentProblem[]> {
  const output = await readOutput(root, "_site");
  if (!output) throw new ConfigError("There is no _site/ to check: run npm run build first.");
  const built = async (file: string) => (output.files.includes(file) ? (await output.read(file)).text : "");
  const rules = await readNetlifyRules(root, {
    headers: await built("_headers"),
    redirects: await built("_redirects"),
  });
  return outputProblems(output, { doors: await doorPaths(root), redirectFor: rules.redirectFor });
}

async function checkElsewhere(isFresh: boolean): Promise<ContentProblem[]> {
  if (readSiteConfig(root).isCi) {
    const why = "it asks other people's hosts, whose bad days are no reason for your build to fail";
    throw new ConfigError(`--external is not for CI (CI is set in the environment): ${why}. Run it by hand.`);
  }
  const now = () => new Date();
  const blog = await loadBlog(root, { cache: path.join(root, ".cache") });
  const userAgent = `firstflight-check-links (+${blog.site.url}/)`;
  const problems = await externalProblems(await sourceLinks(root, blog), {
    ask: politely(askOver({ userAgent, timeoutMs }), { now, sleep }),
    cache: openVerdictCache(path.join(root, ".cache/links.json"), { now, isFresh }),
    archive,
    onProgress: showProgress,
  });
  if (process.stderr.isTTY) process.stderr.write("\r\u001B[K");
  return problems;
}

function showProgress({ done, total, host }: Progress): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${done} of ${total} pages asked for, now ${host}`);
}
