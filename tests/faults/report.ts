/** Says what a run gave, in one line for docs/faults.md. */
export function report(fault: string, figures: object): void {
  const words = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
  process.stdout.write(`${fault}: ${words.join(", ")}\n`);
}
