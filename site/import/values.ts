/** Loose values of other engines' front matter and exports, made plain. */
import { oneLine } from "./names.ts";

/** Text on one line; numbers count as text, everything else is absent. */
export function asText(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() ? oneLine(value) : undefined;
}

/** A list of texts, or one text; `separator` tells where one text is several. */
export function asList(value: unknown, separator: RegExp = /,/): readonly string[] {
  if (typeof value === "string") return value.split(separator).flatMap((item) => asText(item) ?? []);
  if (!Array.isArray(value)) return asText(value) ? [String(value)] : [];
  return value.flatMap((item: unknown) => asText(item) ?? nameOf(item) ?? []);
}

/** YAML 1.1 has `yes` and `on`, and some write `"true"`. */
export function asFlag(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (value === 1 || value === 0) return value === 1;
  if (typeof value !== "string") return undefined;
  if (/^(true|yes|on|1)$/i.test(value.trim())) return true;
  return /^(false|no|off|0)$/i.test(value.trim()) ? false : undefined;
}

export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

export function asRecords(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(asRecord) : [];
}

function nameOf(item: unknown): string | undefined {
  const { name, title, label, slug, src, url } = asRecord(item);
  return asText(name ?? title ?? label ?? slug ?? src ?? url);
}
