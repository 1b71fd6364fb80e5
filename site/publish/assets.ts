/** Styles and browser scripts, bundled once a build: styles inline, the theme script inline, the rest one hashed file. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { type BuildOptions, build } from "esbuild";
import { prefetchRules } from "../assets/prefetch.ts";
import { type Html, trusted } from "../html.ts";
import { styleSheetUrl } from "./feeds/for-browsers.ts";

/** Files of `site/assets/styles/`: a page carries those that it needs, so that nobody waits for the styles of others. */
export const styleNames = [
  "base",
  "work",
  "list",
  "form",
  "signup",
  "prose",
  "code",
  "blocks",
  "rare",
  "picture",
] as const;
export type StyleName = (typeof styleNames)[number];

export interface Assets {
  readonly styles: Readonly<Record<StyleName, InlineAsset>>;
  /** Sets the chosen theme before the first paint. */
  readonly themeScript: InlineAsset;
  /** What browsers may fetch ahead; the page script puts it in. */
  readonly prefetchRules: InlineAsset;
  /** Lets pictures that come in pairs follow the chosen theme. */
  readonly pairScript: InlineAsset;
  /** Enhances a page after it is read: theme switch, copy buttons, view counter, fetching ahead. Loads search and larger pictures on demand. */
  readonly pageScript: FileAsset;
  /** Narrows the works in place, on the page that lists them. */
  readonly workScript: FileAsset;
  /** Sends the form of a page without leaving it. */
  readonly formScript: FileAsset;
  /** Files to publish as they are, by their path from the origin. */
  readonly files: readonly FileAsset[];
}

export interface InlineAsset {
  readonly content: Html;
  /** Source expression of a Content-Security-Policy, `'sha256-…'`. */
  readonly hash: string;
}

export interface FileAsset {
  /** Path from the origin; holds a hash of the content where it may be cached for ever. */
  readonly url: string;
  readonly content: string;
}

export async function buildAssets(root: string): Promise<Assets> {
  const folder = path.join(root, "site/assets");
  const [styles, theme, pairs, work, form, search, enlarge, icon, feedStyles] = await Promise.all([
    Promise.all(styleNames.map((name) => bundle(path.join(folder, `styles/${name}.css`)))),
    bundle(path.join(folder, "theme.ts")),
    bundle(path.join(folder, "pairs.ts")),
    bundle(path.join(folder, "work.ts")),
    bundle(path.join(folder, "form.ts")),
    bundleTool(folder, "search/search", "search"),
    bundleTool(folder, "enlarge", "enlarge"),
    readFile(path.join(folder, "icon.svg"), "utf8"),
    bundle(path.join(folder, "styles/feed.css")),
  ]);
  const workScript = scriptFile("work", work);
  const formScript = scriptFile("form", form);
  const searchScript = scriptFile("search", search);
  const enlargeScript = scriptFile("enlarge", enlarge);
  const wanted = { SEARCH_SCRIPT: JSON.stringify(searchScript.url), ENLARGE_SCRIPT: JSON.stringify(enlargeScript.url) };
  const page = await bundle(path.join(folder, "page.ts"), { format: "esm", define: wanted, external: ["/assets/*"] });
  const pageScript = scriptFile("page", page);
  return {
    styles: Object.fromEntries(styleNames.map((name, at) => [name, inline(styles[at] ?? "")])) as Assets["styles"],
    themeScript: inline(theme),
    prefetchRules: inline(prefetchRules),
    pairScript: inline(pairs),
    pageScript,
    workScript,
    formScript,
    files: [
      pageScript,
      workScript,
      formScript,
      searchScript,
      enlargeScript,
      { url: "/icon.svg", content: icon },
      { url: styleSheetUrl, content: feedStyles },
    ],
  };
}

/** A module that is loaded when it is wanted, with its styles in it: as `SEARCH_STYLES` for the style file `search`. */
async function bundleTool(folder: string, script: string, style: string): Promise<string> {
  const styles = JSON.stringify(await bundle(path.join(folder, `styles/${style}.css`)));
  const define = { [`${style.toUpperCase()}_STYLES`]: styles };
  return bundle(path.join(folder, `${script}.ts`), { format: "esm", define });
}

async function bundle(entry: string, options: BuildOptions = { format: "iife" }): Promise<string> {
  const result = await build({
    ...options,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    target: ["es2022", "chrome123", "firefox120", "safari17.5"],
    legalComments: "none",
    logLevel: "silent",
  });
  return (result.outputFiles[0]?.text ?? "").trim();
}

function scriptFile(name: string, content: string): FileAsset {
  return { url: `/assets/${name}-${digest(content).slice(0, 10)}.js`, content };
}

function inline(content: string): InlineAsset {
  const hash = createHash("sha256").update(content).digest("base64");
  return { content: trusted(content), hash: `'sha256-${hash}'` };
}

function digest(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}
