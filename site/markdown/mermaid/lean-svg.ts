/** The library's SVG without its styles, names and spaces: shapes first, texts above them, colours from the page. */
import { type HTMLElement, NodeType, parse } from "node-html-parser";
import { type Bounds, boundsOf, emptyBounds, rounded } from "./bounds.ts";
import { textsOf } from "./texts.ts";

export interface LeanSvg {
  /** What stands within `<svg>`. */
  readonly content: string;
  readonly bounds: Bounds;
}

/** `prefix` begins every id, so that no two drawings of a page share one. */
export function leanSvg(svg: string, prefix: string): LeanSvg {
  const root = parse(svg).querySelector("svg");
  const bounds = emptyBounds();
  const shapes: Group[] = [];
  const texts: Group[] = [];
  const used = new Set<string>();
  for (const element of root ? within(root) : []) {
    const name = element.rawTagName;
    if (name === "text") for (const text of textsOf(element, bounds)) add(texts, text);
    else if (shapeNames.has(name)) add(shapes, shapeOf(element, { bounds, used, prefix }));
  }
  const markers = root ? markersOf(root, used, prefix) : "";
  return { content: markers + printed(shapes) + printed(texts), bounds };
}

/** Neighbours that look the same share one element. */
export interface Piece {
  /** Attributes for the group. */
  readonly look: string;
  readonly markup: string;
}

interface Group {
  readonly look: string;
  markup: string;
}

function add(groups: Group[], { look, markup }: Piece): void {
  const last = groups.at(-1);
  if (last?.look === look) last.markup += markup;
  else groups.push({ look, markup });
}

function printed(groups: readonly Group[]): string {
  return groups.map(({ look, markup }) => `<g ${look}>${markup}</g>`).join("");
}

/** Elements in their order, without what markers and comments hold. */
function within(element: HTMLElement): readonly HTMLElement[] {
  return element.childNodes.flatMap((child) => {
    if (child.nodeType !== NodeType.ELEMENT_NODE) return [];
    const one = child as HTMLElement;
    if (one.rawTagName === "defs") return [];
    return one.rawTagName === "g" ? within(one) : [one];
  });
}

/** Geometry of each shape, as it is written. */
const geometry: Readonly<Record<string, readonly string[]>> = {
  rect: ["x", "y", "width", "height", "rx"],
  line: ["x1", "y1", "x2", "y2"],
  circle: ["cx", "cy", "r"],
  ellipse: ["cx", "cy", "rx", "ry"],
  polyline: ["points"],
  polygon: ["points"],
};
const shapeNames: ReadonlySet<string> = new Set(Object.keys(geometry));

interface Drawing {
  readonly bounds: Bounds;
  /** Ids of markers that shapes refer to. */
  readonly used: Set<string>;
  readonly prefix: string;
}

function shapeOf(shape: HTMLElement, { bounds, used, prefix }: Drawing): Piece {
  const name = shape.rawTagName;
  boundsOf(shape, bounds);
  const ends = ["marker-start", "marker-end"].flatMap((end) => {
    const id = /^url\(#([\w-]+)\)$/.exec(shape.getAttribute(end) ?? "")?.[1];
    if (!id) return [];
    used.add(id);
    return [`${end}="url(#${prefix}${id})"`];
  });
  const places = (geometry[name] ?? []).flatMap((key) => {
    const value = shape.getAttribute(key);
    return value && value !== "0" ? [`${key}="${rounded(value)}"`] : [];
  });
  return { look: lookOf(shape), markup: `<${[name, ...places, ...ends].join(" ")}/>` };
}

/** The page's colours for the library's. Each has another behind it for readers without the page's styles. */
const fills: Readonly<Record<string, string>> = {
  "var(--_node-fill)": "var(--surface,none)",
  "var(--_group-fill)": "var(--paper,none)",
  "var(--bg)": "var(--paper,none)",
  "var(--_group-hdr)": "var(--line,none)",
  "var(--_key-badge)": "var(--line,none)",
  "var(--_inner-stroke)": "var(--line,none)",
  "var(--_arrow)": "currentColor",
  "var(--_text)": "currentColor",
};
const quiet = "var(--quiet,currentColor)";
const strokes: Readonly<Record<string, string>> = {
  "var(--_node-stroke)": quiet,
  "var(--_line)": quiet,
  "var(--_arrow)": "currentColor",
  "var(--_text)": "currentColor",
};

function lookOf(shape: HTMLElement): string {
  const fill = fills[shape.getAttribute("fill") ?? ""] ?? "none";
  const stroke = strokes[shape.getAttribute("stroke") ?? ""];
  const dashes = shape.getAttribute("stroke-dasharray");
  const isThick = Number(shape.getAttribute("stroke-width")) >= 2;
  const look = [`fill="${fill}"`];
  if (stroke) look.push(`stroke="${stroke}"`);
  if (dashes) look.push(`stroke-dasharray="${dashes}"`);
  if (isThick) look.push('stroke-width="2"');
  return look.join(" ");
}

/** The library puts diamonds under the box that they end at. */
function markerValue(marker: HTMLElement, key: string): string | undefined {
  const isDiamond = /composition|aggregation/.test(marker.id);
  return marker.getAttribute(isDiamond && key === "refX" ? "markerWidth" : key);
}

function markersOf(root: HTMLElement, used: ReadonlySet<string>, prefix: string): string {
  const markers = root.querySelectorAll("marker").filter(({ id }) => used.has(id));
  const written = markers.map((marker) => {
    const keys = ["markerWidth", "markerHeight", "refX", "refY", "orient"];
    const attributes = keys.map((key) => `${key}="${markerValue(marker, key)}"`).join(" ");
    const shape = marker.querySelector("polygon, polyline");
    const drawn = shape ? `<${shape.rawTagName} points="${shape.getAttribute("points")}" ${lookOf(shape)}/>` : "";
    return `<marker id="${prefix}${marker.id}" ${attributes}>${drawn}</marker>`;
  });
  return written.length > 0 ? `<defs>${written.join("")}</defs>` : "";
}
