/** The build's composition root: the only file that knows Eleventy's API. */
import Eleventy from "@11ty/eleventy";
import type { SiteModel } from "./site/template.ts";

/** The part of Eleventy's configuration that this project uses. @see https://www.11ty.dev/docs/config/ */
export interface EleventyConfig {
  addExtension(extension: string, options: { readonly key: string }): void;
  addTemplateFormats(formats: readonly string[]): void;
  addGlobalData(name: string, value: unknown): void;
  addTransform(name: string, transform: (this: { readonly page: EleventyPage }, content: unknown) => string): void;
  readonly benchmarkManager: {
    getBenchmarkGroup(name: string): { setIsVerbose(isVerbose: boolean): void };
  };
  setIncludesDirectory(folder: string): void;
  setDataDirectory(folder: string): void;
  setTemplateFormats(formats: readonly string[]): void;
  setUseGitIgnore(use: boolean): void;
  setUseTemplateCache(use: boolean): void;
}

interface EleventyPage {
  /** Path from the origin. */
  readonly url: string;
}

type PutPage = (url: string, page: string) => void;

/**
 * Makes the pages of `model` and hands each to `put`: Eleventy itself writes nothing, so that what has not changed stays as it
 * is. The working directory must be the project root. Throws what a template throws.
 */
export async function makePages(model: SiteModel, put: PutPage): Promise<void> {
  const eleventy = new Eleventy("site/pages", ".cache/no-output", {
    quietMode: true,
    dryRun: true,
    config: (config) => configure(config, model, put),
  });
  await eleventy.init();
  eleventy.disableLogger();
  await eleventy.write().catch((error: unknown) => {
    throw innermost(error);
  });
}

/** Eleventy wraps what a template throws, once a layer; the author of the template wants the error itself. */
function innermost(error: unknown): unknown {
  return error instanceof Error && "originalError" in error && error.originalError
    ? innermost(error.originalError)
    : error;
}

function configure(config: EleventyConfig, model: SiteModel, put: PutPage): void {
  config.setIncludesDirectory("../../_includes");
  // Eleventy reads no data: posts and _data/ come checked, in one model.
  config.setDataDirectory("../../.cache/no-data");
  config.setUseGitIgnore(false);
  config.addExtension("11ty.ts", { key: "11ty.js" });
  config.setTemplateFormats(["11ty.ts"]);
  config.addGlobalData("model", model);
  // Eleventy keeps layouts for the life of the process; in `npm start` they may have changed.
  config.setUseTemplateCache(!model.isPreview);
  // The transform does the writing, so that Eleventy would warn of the time that it takes.
  config.benchmarkManager.getBenchmarkGroup("Configuration").setIsVerbose(false);
  config.addTransform("put", function (content) {
    // Templates return Html.
    put(this.page.url, String(content));
    // Eleventy would hold every page until the last one is made.
    return "";
  });
}
