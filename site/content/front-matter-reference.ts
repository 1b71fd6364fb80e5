/** The table of front matter keys in docs/writing.md, made from the schema so that it cannot grow old. */
import * as v from "valibot";
import { FrontMatter } from "./front-matter.ts";

/** A Markdown table, a row a key, in the order of the schema. */
export function frontMatterReference(): string {
  const rows = Object.entries(FrontMatter.entries).map(
    ([key, schema]) => `| \`${key}\` | ${need(schema)} | ${words(schema)} |`,
  );
  return ["| key | needed | what |", "| --- | --- | --- |", ...rows].join("\n");
}

interface Wrapping {
  readonly type: string;
  readonly wrapped?: v.GenericSchema;
  readonly default?: unknown;
}

function need(schema: v.GenericSchema): string {
  const { type, default: standard } = schema as unknown as Wrapping;
  if (type !== "optional") return "yes";
  return standard === undefined || (Array.isArray(standard) && standard.length === 0)
    ? "no"
    : `no, \`${String(standard)}\``;
}

function words(schema: v.GenericSchema): string {
  const { wrapped } = schema as unknown as Wrapping;
  return v.getDescription(schema) ?? (wrapped ? words(wrapped) : "");
}
