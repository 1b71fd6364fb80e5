/** Styles and browser scripts, bundled once a build: styles inline, the theme script inline, the rest one hashed file. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { type Html, trusted } from "../html.ts";

export interface Assets {
  /** Styles of every page. */
  readonly baseStyles: InlineAsset;
  /** Styles of an article: those of every page and its own. */
  readonly articleStyles: InlineAsset;
  /** Sets the chosen theme before the first paint. */
  readonly themeScript: InlineAsset;
  /** Enhances a page after it is read: theme switch, copy buttons, view counter. */
  readonly pageScript: FileAsset;
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
  const [base, article, theme, page, icon] = await Promise.all([
    bundle(path.join(folder, "styles/base.css")),
    bundle(path.join(folder, "styles/article.css")),
    bundle(path.join(folder, "theme.ts")),
    bundle(path.join(folder, "page.ts")),
    readFile(path.join(folder, "icon.svg"), "utf8"),
  ]);
  const pageScript = { url: `/assets/page-${digest(page).slice(0, 10)}.js`, content: page };
  return {
    baseStyles: inline(base),
    articleStyles: inline(article),
    themeScript: inline(theme),
    pageScript,
    files: [pageScript, { url: "/icon.svg", content: icon }],
  };
}

async function bundle(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: ["es2022", "chrome123", "firefox120", "safari17.5"],
    legalComments: "none",
    logLevel: "silent",
  });
  return (result.outputFiles[0]?.text ?? "").trim();
}

function inline(content: string): InlineAsset {
  const hash = createHash("sha256").update(content).digest("base64");
  return { content: trusted(content), hash: `'sha256-${hash}'` };
}

function digest(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}
