/** `npm run check:content`: every mistake in posts and data, without building. `--json` for tools; annotations on GitHub. */
import path from "node:path";
import { parseArgs } from "node:util";
import { mailProblems } from "../build/mails.ts";
import { readSiteConfig } from "../site/config.ts";
import { loadContent } from "../site/content/load.ts";
import { formatReport } from "../site/content/problem.ts";
import { githubAnnotations, problemsAsJson } from "../site/content/problem-formats.ts";
import { openMadeCache } from "../site/made-cache.ts";
import { explain, paintFor } from "./terminal.ts";

try {
  const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
  const root = process.cwd();
  const folder = path.join(root, ".cache");
  const { blog, problems: found } = await loadContent(root, { cache: folder });
  const problems = blog
    ? [...found, ...(await mailProblems(blog, { root, cache: openMadeCache(folder, "mails") }))]
    : found;
  if (values.json) console.log(problemsAsJson(problems));
  else if (problems.length > 0) console.log(formatReport(problems, paintFor(process.stdout)));
  else console.log("no mistakes found");
  if (!values.json && readSiteConfig(root).isGitHubActions) console.log(githubAnnotations(problems));
  process.exitCode = blog ? 0 : 1;
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
