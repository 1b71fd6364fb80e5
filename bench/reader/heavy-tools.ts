/** Lighthouse and the Nu HTML checker: fetched by npx at fixed versions when they are asked for, for they are heavy. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
const lighthouse = "lighthouse@13.5.0";
const nuChecker = "vnu-jar@26.9.27";
/** Both print one long document; `npx` is a script of the shell on Windows. */
const generous = { maxBuffer: 256 * 1024 * 1024, shell: process.platform === "win32" };
/** Nothing but the page may use the network. */
const chromeFlags = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const tries = 3;

/**
 * Performance, accessibility, best practices and SEO, 0 to 100, as a phone would have them; absent when Lighthouse failed
 * each time, as it does on a machine that is too busy. `environment` names the browser as `CHROME_PATH`.
 */
export async function lighthouseScores(
  url: string,
  environment: NodeJS.ProcessEnv,
): Promise<readonly number[] | undefined> {
  const options = ["--output=json", "--output-path=stdout", "--quiet", `--chrome-flags=${chromeFlags.join(" ")}`];
  const command = ["--yes", lighthouse, url, ...options];
  for (let tried = 0; tried < tries; tried += 1) {
    const report = await run("npx", command, { ...generous, env: environment }).catch(() => undefined);
    if (report) return scoresOf(report.stdout);
  }
  return undefined;
}

function scoresOf(report: string): readonly number[] {
  const { categories } = JSON.parse(report) as { categories: Record<string, { score: number | null }> };
  return ["performance", "accessibility", "best-practices", "seo"].map((name) =>
    Math.round((categories[name]?.score ?? 0) * 100),
  );
}

/** What the checker says of each file, warnings included. Needs Java. */
export async function nuMessages(
  files: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const options = ["--format", "json", "--exit-zero-always", ...files];
  // Its installation would fetch a Java of its own.
  const env = { ...environment, npm_config_ignore_scripts: "true" };
  const { stderr } = await run("npx", ["--yes", nuChecker, ...options], { ...generous, env });
  const { messages } = JSON.parse(stderr) as { messages: { url: string; lastLine: number; message: string }[] };
  return new Map(
    files.map((file) => [
      file,
      messages.filter(({ url }) => url.endsWith(file)).map(({ lastLine, message }) => `${lastLine}: ${message}`),
    ]),
  );
}
