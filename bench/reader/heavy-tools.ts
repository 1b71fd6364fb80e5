/** Lighthouse and the Nu HTML checker: fetched by npx at fixed versions when they are asked for, for they are heavy. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
const lighthouse = "lighthouse@13.5.0";
const nuChecker = "vnu-jar@26.9.27";
const maxBuffer = 256 * 1024 * 1024;
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

/** Performance, accessibility, best practices and SEO, 0 to 100, as a phone would have them. */
export async function lighthouseScores(url: string, chromium: string): Promise<readonly number[]> {
  const options = ["--output=json", "--output-path=stdout", "--quiet", `--chrome-flags=${chromeFlags.join(" ")}`];
  const environment = { ...process.env, CHROME_PATH: chromium };
  const { stdout } = await run("npx", ["--yes", lighthouse, url, ...options], { maxBuffer, env: environment });
  const { categories } = JSON.parse(stdout) as { categories: Record<string, { score: number | null }> };
  return ["performance", "accessibility", "best-practices", "seo"].map((name) =>
    Math.round((categories[name]?.score ?? 0) * 100),
  );
}

/** What the checker says of each file, warnings included. Needs Java. */
export async function nuMessages(files: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const options = ["--format", "json", "--exit-zero-always", ...files];
  // Its installation would fetch a Java of its own.
  const environment = { ...process.env, npm_config_ignore_scripts: "true" };
  const { stderr } = await run("npx", ["--yes", nuChecker, ...options], { maxBuffer, env: environment });
  const { messages } = JSON.parse(stderr) as { messages: { url: string; lastLine: number; message: string }[] };
  return new Map(
    files.map((file) => [
      file,
      messages.filter(({ url }) => url.endsWith(file)).map(({ lastLine, message }) => `${lastLine}: ${message}`),
    ]),
  );
}
