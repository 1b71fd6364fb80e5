/** What changed in numbers: written, and drawn where both are numbers. Metrics whose value is not known are left out. */
import { changeOf, isKnown, type KnownMetric, withUnit } from "../../site/content/metrics.ts";
import type { Metric } from "../../site/content/schemas.ts";
import { type Html, html } from "../../site/html.ts";

export function metricList(metrics: readonly Metric[], language: string): Html | false {
  const known = metrics.filter(isKnown);
  if (known.length === 0) return false;
  return html`<dl class="metrics">${known.map(
    (metric) =>
      html`<div><dt>${metric.label}${metric.confidential && " (range)"}</dt><dd>${values(metric, language)}${bars(metric)}${metric.method && html` <small>${metric.method}</small>`}</dd></div>`,
  )}</dl>`;
}

/** The number that stands for a work, in as few words as can be. */
export function headline(metric: KnownMetric, language: string): Html {
  return html`${changeOf(metric) ?? values(metric, language)}`;
}

function values(metric: KnownMetric, language: string): Html {
  const { before, after } = metric;
  const isSameUnit = typeof before === "number" && typeof after === "number";
  const from = isSameUnit ? before.toLocaleString(language) : before;
  return html`${before != null && html`<span class="before">${from} →</span> `}${withUnit(after, metric, language)}`;
}

/** The words beside it say the same. */
function bars({ before, after }: Metric): Html | false {
  if (typeof before !== "number" || typeof after !== "number" || Math.min(before, after) < 0) return false;
  const longest = Math.max(before, after, Number.MIN_VALUE);
  const width = (value: number) => ((100 * value) / longest).toFixed(1);
  return html`<svg class="change" aria-hidden="true" viewBox="0 0 100 14" preserveAspectRatio="none"><rect class="before" width="${width(before)}" height="6"/><rect y="8" width="${width(after)}" height="6"/></svg>`;
}
