/** `export const metadata = { … }`: what MDX has in place of front matter. It is read as data, never run. */

import { codeOf, isWithin, parseMarkdown } from "./markdown/tokens.ts";

/** Where the statement begins that exports it. */
export const exported = /^export\s+const\s+(?:metadata|meta|frontmatter|frontMatter)\b[^=\n]*=\s*(?=\{)/m;

/** The object as YAML reads it, and where it begins. Places are kept: what YAML does not know is blanked out. */
export function exportedObject(text: string): { readonly object: string; readonly start: number } | undefined {
  const match = exported.exec(text);
  if (!match || isWithin(codeOf(parseMarkdown(text)), match.index)) return undefined;
  const start = match.index + match[0].length;
  const end = endOfObject(text, start);
  const object = text
    .slice(start, end)
    .replace(/`([^`$\\"\n]*)`/g, '"$1"')
    .replace(/(^|[\s,])(\/\/.*)$/gm, (_, before: string, comment: string) => before + " ".repeat(comment.length))
    .replace(/new Date\((\s*(?:"[^"]*"|'[^']*')\s*)\)/g, (_, date: string) => `         ${date} `);
  return end > start ? { object, start } : undefined;
}

/** Offset behind the `}` that closes the object at `from`; 0 when it is never closed. */
export function endOfObject(text: string, from = 0): number {
  let depth = 0;
  for (const match of text.slice(from).matchAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|[{}]/g)) {
    if (match[0] === "{") depth += 1;
    if (match[0] === "}") depth -= 1;
    if (depth === 0 && match[0] === "}") return from + match.index + 1;
  }
  return 0;
}
