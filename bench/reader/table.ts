/** Rows as a table in Markdown: words to the left, numbers to the right. */

type Cell = string | number;

/** The first row names the columns. */
export function markdownTable(rows: readonly Readonly<Record<string, Cell>>[]): string {
  const names = Object.keys(rows[0] ?? {});
  const rules = names.map((_, at) => (at === 0 ? "---" : "---:"));
  const lines = rows.map((row) => names.map((name) => row[name] ?? ""));
  return [names, rules, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
