/** Axes: round numbers to mark, and the places of others between them. */

export interface Scale {
  /** From 0 to 1. */
  readonly place: (value: number) => number;
  readonly ticks: readonly Tick[];
}

export interface Tick {
  /** From 0 to 1. */
  readonly at: number;
  readonly label: string;
}

export interface ScaleWish {
  readonly fromZero: boolean;
  /** Of marks; some more are possible unless there is no room for them. */
  readonly count: number;
  readonly atMost: boolean;
}

/** An axis that begins and ends at round numbers around the values. */
export function roundScale(values: readonly number[], { fromZero, count, atMost }: ScaleWish): Scale {
  const low = Math.min(...values, fromZero ? 0 : Infinity);
  const high = Math.max(...values, fromZero ? 0 : -Infinity);
  const step = roundStep((high - low || Math.abs(high) || 1) / Math.max(1, count - 1), atMost ? 1 : Math.SQRT1_2);
  const start = Math.floor(low / step + 1e-9);
  const end = Math.max(start + 1, Math.ceil(high / step - 1e-9));
  const place = (value: number) => (value / step - start) / (end - start);
  const marks = Array.from({ length: end - start + 1 }, (_, at) => (start + at) * step);
  const format = formatter(step, Math.max(...marks.map(Math.abs)));
  return { place, ticks: marks.map((mark) => ({ at: place(mark), label: format(mark) })) };
}

/** 1, 2 or 5 times a power of ten, and no less than a share of what is wished. */
function roundStep(step: number, share: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const factor = [1, 2, 5, 10].find((one) => one * power >= step * share * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Years and other small numbers as they are, `12K` from ten thousand on. */
function formatter(step: number, largest: number): (value: number) => string {
  if (largest >= 10_000) {
    const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 4 });
    return (value) => compact.format(value);
  }
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return (value) => (digits > 20 ? String(value) : value.toFixed(digits).replace(/^-(0(?:\.0+)?)$/, "$1"));
}
