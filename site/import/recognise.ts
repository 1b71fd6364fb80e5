/** Which engine a folder or a file comes from. */
import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { ConfigError } from "../config.ts";
import { nearest } from "../nearest.ts";
import { astro, astroMarks, gatsby, gatsbyMarks, next, nextMarks } from "./readers/components.ts";
import { devto } from "./readers/devto.ts";
import { eleventy, eleventyMarks } from "./readers/eleventy.ts";
import { type ExportKind, exportReader, isExport } from "./readers/export.ts";
import { exportTexts } from "./readers/export-texts.ts";
import { folderReader } from "./readers/folder.ts";
import { ghost } from "./readers/ghost.ts";
import { hugo, hugoMarks } from "./readers/hugo.ts";
import { jekyll, jekyllMarks } from "./readers/jekyll.ts";
import { medium } from "./readers/medium.ts";
import { exists, firstText } from "./readers/project-files.ts";
import { wordpress } from "./readers/wordpress.ts";
import { zola } from "./readers/zola.ts";
import type { Place, Reader } from "./source-post.ts";

export const readers = {
  hugo: folderReader(hugo, hugoMarks),
  jekyll: folderReader(jekyll, jekyllMarks),
  eleventy: folderReader(eleventy, eleventyMarks),
  zola: folderReader(zola, ["zola.toml", "config.toml"]),
  astro: folderReader(astro, astroMarks),
  gatsby: folderReader(gatsby, gatsbyMarks),
  next: folderReader(next, nextMarks),
  ghost: exportReader(ghost),
  wordpress: exportReader(wordpress),
  medium: exportReader(medium),
  devto: exportReader(devto),
} as const satisfies Readonly<Record<string, Reader>>;
export type Engine = keyof typeof readers;
export const engines = Object.keys(readers) as readonly Engine[];

/** @throws {ConfigError} with the name that was meant, perhaps. */
export function engineNamed(name: string): Engine {
  const found = engines.find((engine) => engine === name.toLowerCase());
  if (found) return found;
  const near = nearest(name, engines);
  throw new ConfigError(
    `There is no engine "${name}"; ${near ? `did you mean ${near}?` : `known are ${engines.join(", ")}`}`,
  );
}

/** @throws {ConfigError} that says what was looked for. */
export async function recognise(place: Place): Promise<Engine> {
  const isFolder = (await stat(place.path)).isDirectory();
  const folder = await realpath(place.path);
  const found =
    (isFolder ? await engineAt(folder) : undefined) ??
    (await exportAt(place)) ??
    (isFolder ? await folderEngine(folder) : undefined);
  if (found) return found;
  if (!isFolder) await refuseFile(place);
  const looked =
    "Neither it nor a folder above it has the configuration of an engine (hugo.toml, _config.yml, eleventy.config.js, config.toml, astro.config.mjs, gatsby-config.js, next.config.js), it holds no export, and its posts do not show one either";
  throw new ConfigError(`What made ${place.label} cannot be told. ${looked}. Say it: --from ${engines.join("|")}`);
}

/** @throws {ConfigError} */
async function refuseFile(place: Place): Promise<never> {
  const [problem] = (await exportTexts(place, /\.(?:json|xml|wxr|html?)$/i)).problems;
  if (problem?.severity === "error") throw new ConfigError(`${problem.file}: ${problem.problem}`);
  throw new ConfigError(`${place.label} is no export of Ghost, WordPress, Medium or dev.to, and no folder of posts`);
}

const exportKinds: readonly (readonly [Engine, ExportKind])[] = [
  ["ghost", ghost],
  ["wordpress", wordpress],
  ["medium", medium],
  ["devto", devto],
];

/** By what the files say, whatever they are called. */
async function exportAt(place: Place): Promise<Engine | undefined> {
  for (const [engine, kind] of exportKinds) if (await isExport(kind, place)) return engine;
  return undefined;
}

async function folderEngine(folder: string): Promise<Engine | undefined> {
  for (let at = folder; ; at = path.dirname(at)) {
    const found = await engineAt(at);
    if (found) return found;
    if (path.dirname(at) === at) break;
  }
  return fromPosts(folder);
}

const marks: readonly (readonly [Engine, readonly string[]])[] = [
  ["eleventy", eleventyMarks],
  ["astro", astroMarks],
  ["gatsby", gatsbyMarks],
  ["next", nextMarks],
  ["jekyll", jekyllMarks],
];

async function engineAt(folder: string): Promise<Engine | undefined> {
  for (const [engine, files] of marks) {
    for (const file of files) if (await exists(path.join(folder, file))) return engine;
  }
  const { file, text } = await firstText(folder, ["zola.toml", ...hugoMarks.filter((mark) => mark.includes("."))]);
  if (file === "zola.toml" || (file === "config.toml" && /^\s*base_url\s*=/m.test(text))) return "zola";
  if (file.startsWith("hugo.") || /^\s*"?baseURL"?\s*[:=]/im.test(text)) return "hugo";
  return (await exists(path.join(folder, "config/_default"))) ? "hugo" : undefined;
}

/** A folder of posts alone: what they hold, and how they are named. */
async function fromPosts(folder: string): Promise<Engine | undefined> {
  const names = (await readdir(folder, { recursive: true })).filter(
    (name) => !/(?:^|[\\/])(?:node_modules|\.)/.test(name),
  );
  const posts = names.filter((name) => /\.(?:md|markdown)$/i.test(name)).sort();
  const name = path.basename(folder);
  if (name === "_posts") return "jekyll";
  const texts = await Promise.all(posts.slice(0, 20).map(async (post) => (await firstText(folder, [post])).text));
  if (texts.some((text) => /\{\{[<%]\s*\/?[\w/-]/.test(text))) return "hugo";
  if (texts.some((text) => /\]\(@\/|\{%\s*\w+\(.*\)\s*%\}|^\[(?:extra|taxonomies)\]/m.test(text))) return "zola";
  if (texts.some((text) => /\{%-?\s*(?:post_url|highlight|include)\b|\{\{\s*site\./.test(text))) return "jekyll";
  if (texts.some((text) => text.startsWith("+++"))) return "hugo";
  return names.some((one) => /\.11tydata\.\w+$/.test(one)) ? "eleventy" : undefined;
}
