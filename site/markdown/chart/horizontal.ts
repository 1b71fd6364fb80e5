/** The axis below a chart: of numbers, of days, or of names one beside the other. */
import type { ChartData } from "./data.ts";
import { isNumber } from "./data.ts";
import { roundScale, type Tick } from "./scale.ts";

export interface Horizontal {
  /** Place of each row, from 0 to 1. */
  readonly places: readonly number[];
  readonly ticks: readonly Tick[];
  /** Rows whose names there is no room for on a phone. */
  readonly isCrowded: boolean;
}

/** What is between the margins of a chart on a phone, and what a letter of the axis takes of it, in pixels. */
const room = 280;
const letter = 7;
const maxTicks = 7;

export function horizontalOf({ rows }: ChartData): Horizontal {
  const labels = rows.map(({ label }) => label);
  if (labels.every(isNumber)) return ofNumbers(labels.map(Number));
  if (labels.every(isDay)) return spread(labels.map(Date.parse), labels);
  return spread(
    labels.map((_label, at) => at),
    labels,
  );
}

/** Each name in the middle of a part of its own, as wide as the others. */
export function besideEachOther({ rows }: ChartData): Horizontal {
  const labels = rows.map(({ label }) => label);
  const places = labels.map((_label, at) => (at + 0.5) / labels.length);
  return { places, ...labelled(places, labels) };
}

function isDay(label: string): boolean {
  return /^\d{4}-\d{2}(?:-\d{2})?$/.test(label) && !Number.isNaN(Date.parse(label));
}

function ofNumbers(values: readonly number[]): Horizontal {
  const widest = Math.max(...values.map((value) => String(value).length));
  const count = Math.min(maxTicks, Math.max(2, Math.floor(room / (widest * letter + 16))));
  const { place, ticks } = roundScale(values, { fromZero: false, count, atMost: true });
  return { places: values.map(place), ticks, isCrowded: false };
}

function spread(values: readonly number[], labels: readonly string[]): Horizontal {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const places = values.map((value) => (high === low ? 0.5 : (value - low) / (high - low)));
  return { places, ...labelled(places, labels) };
}

/** As many of the names as fit, the first among them. */
function labelled(places: readonly number[], labels: readonly string[]): Omit<Horizontal, "places"> {
  const widest = Math.max(...labels.map((label) => label.length));
  const count = Math.max(1, Math.floor(room / (widest * letter + 8)));
  const step = Math.ceil(labels.length / count);
  const ticks = labels.flatMap((label, at) => (at % step === 0 ? [{ at: places[at] ?? 0, label }] : []));
  return { ticks, isCrowded: step > 1 };
}
