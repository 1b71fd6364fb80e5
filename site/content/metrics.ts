/** Numbers that changed, as words. */
import type { Metric } from "./schemas.ts";

/** A metric whose value is known. */
export type KnownMetric = Metric & { readonly after: string | number };

export function isKnown(metric: Metric): metric is KnownMetric {
  return metric.after != null && metric.after !== "";
}

/** `4 hours`, `60 %`; numbers grouped as the site's language does. */
export function withUnit(value: string | number, { unit }: Metric, language: string): string {
  const written = typeof value === "number" ? value.toLocaleString(language) : value;
  return unit ? `${written} ${unit}` : written;
}

/** `−40 %` between two numbers; undefined when one is no number, or there is nothing to compare with. */
export function changeOf({ before, after }: Metric): string | undefined {
  if (typeof before !== "number" || typeof after !== "number" || before === 0) return undefined;
  const percent = Math.round(((after - before) / Math.abs(before)) * 100);
  return `${percent < 0 ? "−" : "+"}${Math.abs(percent)} %`;
}
