/** Where the front matter of a file ends and its Markdown begins. */

export interface SplitFile {
  readonly yaml: string;
  /** Offsets in the file. */
  readonly yamlStart: number;
  readonly bodyStart: number;
}

/** Two lines of `---`, the first of them at the top of the file. */
const fence = /^(---[ \t]*\r?\n)([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m;

/** Absent when the file does not begin with front matter. */
export function splitFile(text: string): SplitFile | undefined {
  const match = fence.exec(text);
  if (match?.index !== 0) return undefined;
  const [whole, opening = "", yaml = ""] = match;
  return { yaml, yamlStart: opening.length, bodyStart: whole.length };
}

/** The Markdown behind the front matter. */
export function bodyOf(text: string): string {
  return text.slice(splitFile(text)?.bodyStart ?? 0);
}
