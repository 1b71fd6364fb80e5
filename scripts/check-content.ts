/** `npm run check:content`: every mistake in posts and data, without building. `--json` for tools; annotations on GitHub. */
import path from "node:path";
import { parseArgs } from "node:util";
import { readSiteConfig } from "../site/config.ts";
import { loadContent } from "../site/content/load.ts";
import { formatReport } from "../site/content/problem.ts";
import { githubAnnotations, problemsAsJson } from "../site/content/problem-formats.ts";
import { explain, paintFor } from "./terminal.ts";

try {
  const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
  const root = process.cwd();
  const { blog, problems } = await loadContent(root, { cache: path.join(root, ".cache") });
  if (values.json) console.log(problemsAsJson(problems));
  else if (problems.length > 0) console.log(formatReport(problems, paintFor(process.stdout)));
  else console.log("no mistakes found");
  if (!values.json && readSiteConfig(root).isGitHubActions) console.log(githubAnnotations(problems));
  process.exitCode = blog ? 0 : 1;
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
