/** The site as built for this machine, with the code as it is on disk. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { generatedIn } from "../build/generated.ts";
import { type NetlifyRules, readNetlifyRules } from "../build/netlify-rules.ts";
import { formatReport } from "../site/content/problem.ts";
import type { NewsletterPost } from "../site/publish/newsletter-posts.ts";
import { type FunctionsHost, noFunctions } from "./functions-host.ts";
import { renewableModules } from "./modules.ts";

export interface LocalSite {
  /** Absolute. */
  readonly folder: string;
  /** From now on code is imported anew. */
  renewCode(): void;
  /** Gives the report of the author's mistakes or of a failing template; nothing when all is well. */
  build(): Promise<string | undefined>;
  /** What the functions know of the site, and are loaded anew for; empty before the first good build. */
  manifest(): Promise<string>;
  /** None before the first good build: functions answer in the site's own pages. */
  functions(): Promise<FunctionsHost>;
  rules(): Promise<NetlifyRules>;
}

/** `url` is where it is served; warnings go to `say`. */
export function localSite(root: string, dataDirectory: string, url: string, say: (line: string) => void): LocalSite {
  const folder = path.join(dataDirectory, "site");
  const generated = generatedIn(dataDirectory);
  const text = (file: string) => readFile(file, "utf8").catch(() => "");
  const manifest = async () => (await Promise.all([generated["#site"], generated["#shell"]].map(text))).join("");
  let mailed: NewsletterPost[] = [];
  return {
    folder,
    manifest,
    renewCode: renewableModules(root, { ...generated }).renew,
    async build() {
      try {
        const { buildSite } = await import("../build/site.ts");
        const wish = {
          root,
          output: folder,
          generated,
          cache: path.join(root, ".cache"),
          siteUrl: url,
          isPreview: true,
        };
        const { warnings } = await buildSite(wish);
        // A mail's file is named by its content: whoever writes changes this list with every save. Only the clock's functions
        // read it, so it is changed where they have it, and they need not be loaded anew.
        mailed.splice(0, mailed.length, ...JSON.parse(await text(generated["#newsletter"])));
        if (warnings.length > 0) say(`\n${formatReport(warnings)}\n`);
        return undefined;
      } catch (error) {
        const { name, message, stack } = error as Error;
        // By name: after an edit of code the class is another one.
        return name === "ContentError" ? message : (stack ?? message);
      }
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
