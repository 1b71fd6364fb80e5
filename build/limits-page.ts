/** Makes docs/limits.md from the constants that the functions use, and from what their comments say of them. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { limits, type Rate } from "../functions/lib/limits.ts";

/** Where the constants stand. */
const sources = ["site/forms/field-limits.ts", "site/publish/retention.ts", "functions/lib/limits.ts"];

const head = `# Limits

Made by \`npm run limits\` from \`functions/lib/limits.ts\`, \`site/publish/retention.ts\` and \`site/forms/field-limits.ts\`, which are what the code uses; do not edit it here.

`;

/** The text of docs/limits.md. */
export async function limitsPage(root: string): Promise<string> {
  const texts = await Promise.all(sources.map((file) => readFile(path.join(root, file), "utf8")));
  const words = new Map(texts.flatMap(commentsOf));
  const { requestsPerMinute, ...rest } = limits;
  const rows = Object.entries(rest).map(([name, value]) => [
    `\`${name}\``,
    written(name, value),
    words.get(name) ?? "",
  ]);
  const walls = Object.entries(requestsPerMinute).map(([door, most]) => [`\`${door}\``, `${most}`]);
  return `${head}${table(["limit", "value", "what it is"], rows)}
## Requests a minute

${words.get("requestsPerMinute") ?? ""}

${table(["function", "requests a minute from one address"], walls)}`;
}

/** What stands above each `name: value` or `export const name`, as one line. */
function commentsOf(text: string): readonly (readonly [string, string])[] {
  const commented = /\/\*\*\s*((?:(?!\*\/)[\s\S])*?)\s*\*\/\s*(?:export const )?(\w+)\s*[:=,]/g;
  return [...text.matchAll(commented)].map(([, words = "", name = ""]) => [name, words.replace(/\s*\n\s*\*\s*/g, " ")]);
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns, columns.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

/** With its unit, which its name says. */
function written(name: string, value: number | Rate): string {
  if (typeof value !== "number") {
    return `${grouped(value.burst)} at once, then one every ${span(value.secondsPerToken).replace(/^1 /, "")}`;
  }
  if (name.endsWith("Bytes")) return value % 1024 === 0 ? `${value / 1024} kB` : `${grouped(value)} bytes`;
  if (name.endsWith("MaxLength")) return `${grouped(value)} characters`;
  if (name.endsWith("Ms")) return span(value / 1000);
  const unit = /(?:Seconds|Minutes|Hours|Days)$/.exec(name)?.[0].toLowerCase();
  return unit ? counted(value, unit) : grouped(value);
}

function span(seconds: number): string {
  if (seconds >= 60 && seconds % 60 === 0) return counted(seconds / 60, "minutes");
  return counted(seconds, "seconds");
}

function counted(value: number, units: string): string {
  return `${grouped(value)} ${value === 1 ? units.slice(0, -1) : units}`;
}

function grouped(value: number): string {
  return value.toLocaleString("en");
}
