/** How large a drawing is, as its root element says. @see https://svgwg.org/svg2-draft/coords.html#SizingSVGInCSS */
import sax from "sax";
import type { Measured, Unusable } from "./measured.ts";

/** CSS pixels. @see https://www.w3.org/TR/css-values-4/#absolute-lengths */
const units: Readonly<Record<string, number>> = {
  "": 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  mm: 96 / 25.4,
  cm: 96 / 2.54,
  in: 96,
};

type Attributes = Readonly<Record<string, string>>;

export function measureSvg(text: string): Measured | Unusable {
  const root = rootOf(text);
  if (!root) return { unusable: "broken" };
  const size = sizeOf(root);
  if (!size) return { unusable: "sizeless" };
  return {
    ...size,
    format: "svg",
    isOpaque: false,
    followsScheme: /prefers-color-scheme|light-dark\(/.test(text),
    isReady: true,
    hasPosition: false,
    tiny: undefined,
  };
}

/** Attributes of the root element; absent when the text is no drawing, or is malformed anywhere. */
function rootOf(text: string): Attributes | undefined {
  const reader = sax.parser(true);
  let root: { readonly name: string; readonly attributes: unknown } | undefined;
  let isBroken = false;
  reader.onopentag = (tag) => {
    root ??= tag;
  };
  reader.onerror = ({ message }) => {
    // Drawing programs define entities of their own; what they stand for does not matter here.
    isBroken ||= !message.startsWith("Invalid character entity");
    reader.resume();
  };
  reader.write(text).close();
  return !isBroken && root && /^(?:\w+:)?svg$/.test(root.name) ? (root.attributes as Attributes) : undefined;
}

function sizeOf(root: Attributes): { readonly width: number; readonly height: number } | undefined {
  const [, , boxWidth, boxHeight] = (root["viewBox"] ?? "")
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const ratio = boxWidth && boxHeight ? boxWidth / boxHeight : undefined;
  const width = lengthOf(root["width"]);
  const height = lengthOf(root["height"]);
  if (width && height) return rounded(width, height);
  if (!ratio) return undefined;
  if (width) return rounded(width, width / ratio);
  if (height) return rounded(height * ratio, height);
  return rounded(boxWidth ?? 0, boxHeight ?? 0);
}

/** Absent for shares of what is around, `100%`, which say nothing here. */
function lengthOf(text = ""): number | undefined {
  const [, number, unit = ""] = /^\s*([\d.]+)([a-z]*)\s*$/.exec(text) ?? [];
  return (Number(number) || 0) * (units[unit] ?? 0) || undefined;
}

function rounded(width: number, height: number) {
  return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
}
