/** Says what a run gave, in one line for docs/faults.md. */
export function report(fault: string, figures: object): void {
  const words = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
  process.stdout.write(`${fault}: ${words.join(", ")}\n`);
}

/** The same for what was done in several ways: a table of Markdown, a row for each. */
export function reportTable(name: string, rows: Readonly<Record<string, object>>): void {
  const [first = {}] = Object.values(rows);
  const heads = [name, ...Object.keys(first)];
  const lines = Object.entries(rows).map(([fault, figures]) => [fault, ...Object.values(figures)]);
  const table = [heads, heads.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`);
  process.stdout.write(`\n${table.join("\n")}\n\n`);
}
