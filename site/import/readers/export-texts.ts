/** The texts of an export, which comes as a file, as a folder, or as a zip of either. */
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import type { ContentProblem } from "../../content/problem.ts";
import { type Source, sourceOf } from "../../content/source.ts";
import { decodeText } from "../encoding.ts";
import { type Place, tellInto } from "../source-post.ts";
import { posix } from "./project-files.ts";
import { isZip, unzip } from "./zip.ts";

export interface ExportTexts {
  /** A file of a zip is called by both: `export.zip/posts/quiet.html`. */
  readonly texts: readonly Source[];
  /** What could not be read, and what was read in an old encoding. */
  readonly problems: readonly ContentProblem[];
  /** In which the export lies, absolute. */
  readonly folder: string;
}

/** The longest text that can be kept in one piece, with room to work on it. */
const maxBytes = 400 * 1024 * 1024;

/** `wanted` are names of files. Of a folder its own files are read, and those of the folders in it. */
export async function exportTexts(place: Place, wanted: RegExp): Promise<ExportTexts> {
  const whole = await realpath(place.path);
  const isFolder = (await stat(whole)).isDirectory();
  const files = isFolder ? await filesIn(whole, wanted) : [whole];
  const problems: ContentProblem[] = [];
  const texts: Source[] = [];
  for (const file of files) {
    const label = isFolder ? path.posix.join(posix(place.label), posix(path.relative(whole, file))) : place.label;
    for (const [name, bytes] of await bytesIn(file, { label, wanted, problems }))
      texts.push(textOf(name, bytes, problems));
  }
  return { texts, problems, folder: isFolder ? whole : path.dirname(whole) };
}

async function filesIn(folder: string, wanted: RegExp): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const parts = path.relative(folder, file).split(path.sep);
    const isHidden = parts.some((part) => part.startsWith(".") || part === "node_modules");
    const isWanted = wanted.test(entry.name) && !/\.zip$/i.test(entry.name);
    if (entry.isFile() && parts.length <= 2 && !isHidden && isWanted) found.push(file);
  }
  return found.sort();
}

interface Reading {
  readonly label: string;
  readonly wanted: RegExp;
  readonly problems: ContentProblem[];
}

async function bytesIn(file: string, { label, wanted, problems }: Reading): Promise<(readonly [string, Uint8Array])[]> {
  const refuse = (name: string, problem: string) =>
    problems.push(sourceOf(name, "").problemAt(0, { code: "unreadable", problem }));
  try {
    const { size } = await stat(file);
    if (size > maxBytes) refuse(label, `the file is larger than ${maxBytes / 1024 / 1024} MB`);
    if (size > maxBytes) return [];
    const bytes = await readFile(file);
    if (!isZip(bytes)) return [[label, bytes]];
    const { files, refused } = unzip(bytes, (name) => wanted.test(name));
    for (const { name, problem } of refused) refuse(name ? `${label}/${name}` : label, problem);
    return [...files].map(([name, content]) => [`${label}/${name}`, content]);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    refuse(label, `the file cannot be read (${String(error.code)})`);
    return [];
  }
}

function textOf(label: string, bytes: Uint8Array, problems: ContentProblem[]): Source {
  const { text, encoding } = decodeText(bytes);
  const source = sourceOf(label, text);
  if (encoding) tellInto(problems, source)(0, "text", "the file is no UTF-8", `it was read as ${encoding}`);
  return source;
}
