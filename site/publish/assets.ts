/** Styles and browser scripts, bundled once a build: styles inline, the theme script inline, the rest one hashed file. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { type Html, trusted } from "../html.ts";

/** Files of `site/assets/styles/`: a page carries those that it needs, so that nobody waits for the styles of others. */
export const styleNames = ["base", "home", "list", "form", "prose", "code", "blocks", "math", "drawing"] as const;
export type StyleName = (typeof styleNames)[number];

export interface Assets {
  readonly styles: Readonly<Record<StyleName, InlineAsset>>;
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
  const [styles, theme, page, icon] = await Promise.all([
    Promise.all(styleNames.map((name) => bundle(path.join(folder, `styles/${name}.css`)))),
    bundle(path.join(folder, "theme.ts")),
    bundle(path.join(folder, "page.ts")),
    readFile(path.join(folder, "icon.svg"), "utf8"),
  ]);
  const pageScript = { url: `/assets/page-${digest(page).slice(0, 10)}.js`, content: page };
  return {
    styles: Object.fromEntries(styleNames.map((name, at) => [name, inline(styles[at] ?? "")])) as Assets["styles"],
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
