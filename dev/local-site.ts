/** The site as built for this machine, with the code as it is on disk. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { generatedIn } from "../build/generated.ts";
import type { Edited, LiveSite } from "../build/live.ts";
import { type NetlifyRules, readNetlifyRules } from "../build/netlify-rules.ts";
import type { SiteBuild } from "../build/site.ts";
import { formatReport } from "../site/content/problem.ts";
import type { NewsletterPost } from "../site/publish/newsletter-posts.ts";
import { backgroundBuild } from "./background-build.ts";
import type { BackgroundResult } from "./build-worker.ts";
import { type FunctionsHost, noFunctions } from "./functions-host.ts";
import { renewableModules } from "./modules.ts";

/** What the author is told of mistakes or of a failing template; nothing when all is well. */
type Report = string | undefined;

export interface LocalSite {
  /** Absolute. */
  readonly folder: string;
  /** From now on code is imported anew. */
  renewCode(): void;
  /** Builds everything, here and now. */
  build(): Promise<Report>;
  /** Shows an edit of the post in a file, path from the root; undefined for what is more than that: build. */
  edit(file: string): Promise<LocalEdit | undefined>;
  /** Builds everything in the background, a little later. */
  catchUp(onEnd: (end: ChangedPages) => void): void;
  /** Once resolved, nothing is built in the background. */
  stop(): Promise<void>;
  /** What the functions know of the site, and are loaded anew for; empty before the first good build. */
  manifest(): Promise<string>;
  /** None before the first good build: functions answer in the site's own pages. */
  functions(): Promise<FunctionsHost>;
  rules(): Promise<NetlifyRules>;
}

export interface LocalEdit {
  readonly report: Report;
  /** Path of the post's page; absent where there is a report. */
  readonly url: string | undefined;
  /** Brings the other pages up to date. */
  rest(): Promise<ChangedPages>;
}

export interface ChangedPages {
  readonly report: Report;
  /** Paths of pages that are other ones now, or gone. */
  readonly pages: readonly string[];
}

/** `url` is where it is served; warnings go to `say`. */
export function localSite(root: string, dataDirectory: string, url: string, say: (line: string) => void): LocalSite {
  const folder = path.join(dataDirectory, "site");
  const generated = generatedIn(dataDirectory);
  const wish: SiteBuild = {
    root,
    output: folder,
    generated,
    cache: path.join(root, ".cache"),
    siteUrl: url,
    isPreview: true,
  };
  const background = backgroundBuild(wish);
  const text = (file: string) => readFile(file, "utf8").catch(() => "");
  const manifest = async () => (await Promise.all([generated["#site"], generated["#shell"]].map(text))).join("");
  let mailed: NewsletterPost[] = [];
  // A mail's file is named by its content: whoever writes changes this list with every save. Only the clock's functions
  // read it, so it is changed where they have it, and they need not be loaded anew.
  const tellMails = async () =>
    void mailed.splice(0, mailed.length, ...JSON.parse(await text(generated["#newsletter"])));
  let live: LiveSite | undefined;
  return {
    folder,
    manifest,
    stop: background.stop,
    renewCode: renewableModules(root, { ...generated }).renew,
    async build() {
      live = undefined;
      const [{ buildSite }, { liveSite }] = await Promise.all([import("../build/site.ts"), import("../build/live.ts")]);
      return reportOf(async () => {
        const built = await buildSite(wish);
        await tellMails();
        if (built.warnings.length > 0) say(`\n${formatReport(built.warnings)}\n`);
        live = await liveSite(wish, built);
      });
    },
    async edit(file) {
      let edited: Edited | undefined;
      const report = await reportOf(async () => {
        edited = await live?.edit(file);
      });
      if (!report && !edited) return undefined;
      return {
        report,
        url: edited?.url,
        async rest() {
          let pages: readonly string[] = [];
          const report = await reportOf(async () => {
            pages = (await edited?.rest()) ?? [];
          });
          return { report, pages };
        },
      };
    },
    catchUp(onEnd) {
      background.start(async (result: BackgroundResult) => {
        if (!result.ok) return onEnd({ report: result.report, pages: [] });
        live?.adopt(result.related);
        await tellMails();
        if (result.warnings) say(`\n${result.warnings}\n`);
        onEnd({ report: undefined, pages: result.changed.filter((changed) => /(?:\/|\.html)$/.test(changed)) });
      });
    },
    async functions() {
      if (!(await manifest())) return noFunctions;
      const { loadFunctions } = await import("./functions-host.ts");
      const functions = await loadFunctions(root);
      // The same list as theirs, for the module cache has one.
      mailed = (await import("#newsletter", { with: { type: "json" } })).default as NewsletterPost[];
      return functions;
    },
    async rules() {
      const [headers, redirects] = [
        await text(path.join(folder, "_headers")),
        await text(path.join(folder, "_redirects")),
      ];
      return readNetlifyRules(root, { headers, redirects });
    },
  };
}

async function reportOf(work: () => Promise<void>): Promise<Report> {
  try {
    await work();
    return undefined;
  } catch (error) {
    const { name, message, stack } = error as Error;
    // By name: after an edit of code the class is another one.
    return name === "ContentError" ? message : (stack ?? message);
  }
}
