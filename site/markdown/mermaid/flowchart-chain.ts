/** `A[Label] -->|text| B & C`: nodes and the arrows between them. */

export interface ReadNode {
  readonly id: string;
  /** Absent where the node is only named. */
  readonly label?: string | undefined;
  readonly shape?: readonly [string, string] | undefined;
}

export interface Chain {
  readonly nodes: readonly ReadNode[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly arrow: string;
    readonly label: string;
  }[];
  /** What could not be read, from where it begins. */
  readonly rest: string;
}

export function chainOf(text: string): Chain {
  const nodes: ReadNode[] = [];
  const edges: Chain["edges"][number][] = [];
  let group = groupOf(text);
  let rest = group.rest;
  while (group.nodes.length > 0) {
    nodes.push(...group.nodes);
    const link = linkOf(rest);
    const next = link && groupOf(link.rest);
    if (!link || !next || next.nodes.length === 0) break;
    for (const { id: from } of group.nodes) {
      for (const { id: to } of next.nodes) edges.push({ from, to, arrow: link.arrow, label: link.label });
    }
    group = next;
    rest = next.rest;
  }
  return { nodes, edges, rest };
}

/** `A & B`. */
function groupOf(text: string): { readonly nodes: readonly ReadNode[]; readonly rest: string } {
  const nodes: ReadNode[] = [];
  let rest = text;
  for (let node = nodeOf(rest); node; node = rest.startsWith("&") ? nodeOf(rest.slice(1).trim()) : undefined) {
    nodes.push(node.node);
    rest = node.rest;
  }
  return { nodes, rest };
}

function nodeOf(text: string): { readonly node: ReadNode; readonly rest: string } | undefined {
  const [id] = /^[\p{L}\p{N}_]+(?:[-.][\p{L}\p{N}_]+)*/u.exec(text) ?? [];
  if (!id) return undefined;
  const body = bodyOf(text.slice(id.length));
  // A class gives a node colours of its own, and they have no effect here.
  const rest = (body?.rest ?? text.slice(id.length)).replace(/^:::[\w-]+/, "").trim();
  return { node: { id, label: body?.label, shape: body?.shape }, rest };
}

/** Longer ones first. Parallelograms (`[/text/]`) are not among the library's. */
const shapes: readonly (readonly [open: string, close: string])[] = [
  ["(((", ")))"],
  ["([", "])"],
  ["((", "))"],
  ["[[", "]]"],
  ["[(", ")]"],
  ["[/", "\\]"],
  ["[\\", "/]"],
  ["{{", "}}"],
  ["[", "]"],
  ["(", ")"],
  ["{", "}"],
  [">", "]"],
];

function bodyOf(text: string) {
  for (const shape of shapes) {
    const [open, close] = shape;
    if (!text.startsWith(open)) continue;
    const inside = text.slice(open.length).trimStart();
    const [quoted] = /^"([^"]*)"\s*/.exec(inside) ?? [];
    const end = inside.indexOf(close, quoted?.length ?? 0);
    const label = quoted ? quoted.trim().slice(1, -1) : inside.slice(0, end);
    const isWhole = end >= 0 && (quoted ? end === quoted.length : !/[[\]{}()|"]/.test(label));
    if (isWhole)
      return { shape, label: label.replace(/^`(.*)`$/s, "$1").trim(), rest: inside.slice(end + close.length) };
  }
  return undefined;
}

const plainLink = /^(<)?(-{2,}>|-{3,}|-\.+->|-\.+-|={2,}>|={3,})(?![>xo-])\s*(?:\|\s*("[^"]*"|[^|]*)\|)?\s*/;
const textLink =
  /^(<)?(?:--(?![xo](?:\s|$))|-\.|==)\s*("[^"]*"|[^\s>\-.=|][^|]*?)\s*(-{2,}>|-{3,}|\.+->|\.+-|={2,}>|={3,})(?![>xo-])\s*/;

function linkOf(text: string): { readonly arrow: string; readonly label: string; readonly rest: string } | undefined {
  const plain = plainLink.exec(text);
  const found = plain ?? textLink.exec(text);
  if (!found) return undefined;
  const [all, start = ""] = found;
  const [shaft = "", label = ""] = plain ? [found[2], found[3]] : [found[3], found[2]];
  const rest = text.slice(all.length);
  return { arrow: start + arrowOf(shaft, text), label: label.replace(/^"(.*)"$/, "$1").trim(), rest };
}

/** The library's own sign for an arrow of any length. */
function arrowOf(shaft: string, text: string): string {
  const head = shaft.endsWith(">") ? ">" : "";
  if (shaft.includes(".") || text.replace(/^</, "").startsWith("-.")) return `-.-${head}`;
  if (shaft.includes("=")) return head ? "==>" : "===";
  return head ? "-->" : "---";
}
