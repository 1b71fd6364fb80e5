/** Every address that a Markdown text names, in links, pictures, definitions and HTML, and what becomes of each. */
import { type Draft, type Edit, edit } from "../draft.ts";
import { type LeftOut, leaveOut } from "../leave-out.ts";
import { asWritten, isUnknown } from "../templates/unknown-address.ts";
import { destination, written } from "./destination.ts";
import { addressesInHtml, linkComment } from "./html-addresses.ts";
import { type Node, nodesOf, parseMarkdown, type Range } from "./tokens.ts";

export type AddressKind = "link" | "picture";

/** Absent: the address stays as it is. */
export type Resolved =
  | { readonly address: string /** For pictures without a description. */; readonly alt?: string | undefined }
  | { readonly isGone: true }
  | undefined;

/** `at` is the offset of the address in the source. */
export type Resolve = (kind: AddressKind, address: string, at: number) => Resolved;

/** `describe` hears of pictures that had no description, and of the one that they got. */
export function mendAddresses(draft: Draft, resolve: Resolve, describe: (at: number, alt: string) => void): Draft {
  const { text } = draft;
  const root = parseMarkdown(text);
  const resolved = (kind: AddressKind, range: Range, scheme = ""): Resolved => {
    const address = scheme + written(text.slice(range.start, range.end));
    return isUnknown(address) ? { isGone: true } : resolve(kind, address, draft.originOf(range.start));
  };
  const definitions = definitionsIn(root, text, resolved);
  const edits: Edit[] = [...definitions.edits];
  const gone: LeftOut[] = [...definitions.gone];
  for (const node of nodesOf(root, "link", "image")) {
    const kind = node.type === "image" ? "picture" : "link";
    const [place] = nodesOf(own(node, "resource"), "resourceDestinationString");
    const outcome = place ? resolved(kind, place) : definitions.of(node);
    if (outcome && "isGone" in outcome) {
      if (kind === "picture") gone.push({ ...rangeOf(node), text: asWritten(text.slice(node.start, node.end)) });
      else edits.push(...unlinked(node, text));
      continue;
    }
    if (place && outcome) edits.push({ ...wholeDestination(node), text: destination(outcome.address) });
    const alt = kind === "picture" && isUndescribed(node, text) ? outcome?.alt : undefined;
    if (!alt) continue;
    describe(draft.originOf(node.start), alt);
    edits.push({ ...rangeOf(own(node, "label")), text: `![${alt}]` });
  }
  for (const node of nodesOf(root, "autolink", "literalAutolink")) {
    const [place] = nodesOf(node, "autolinkProtocol", "literalAutolinkHttp", "literalAutolinkWww");
    if (!place) continue;
    const shown = text.slice(place.start, place.end);
    const scheme = place.type === "literalAutolinkWww" ? "http://" : "";
    const outcome = resolved("link", place, scheme) ?? (scheme && { address: scheme + shown });
    if (!outcome) continue;
    const by = "isGone" in outcome ? `\`${shown}\`` : `[${shown}](${destination(outcome.address)})`;
    edits.push({ ...rangeOf(node), text: by });
  }
  const inHtml = addressesInHtml(root, text, { resolved, describe: (at, alt) => describe(draft.originOf(at), alt) });
  return edit(draft, [...edits, ...inHtml.edits, ...leaveOut(text, [...gone, ...inHtml.gone])]);
}

interface Definitions {
  readonly edits: readonly Edit[];
  /** Those that lead nowhere; what refers to them is no link any more. */
  readonly gone: readonly LeftOut[];
  /** What became of the definition that a reference names. */
  of(node: Node): Resolved;
}

/** A definition serves links or pictures; which of them, its uses tell. */
function definitionsIn(root: Node, text: string, resolved: (kind: AddressKind, range: Range) => Resolved): Definitions {
  const uses = new Map<string, AddressKind>();
  for (const node of nodesOf(root, "image", "link")) {
    if (!own(node, "resource").children.length && !uses.has(labelOf(node, text)))
      uses.set(labelOf(node, text), node.type === "image" ? "picture" : "link");
  }
  const outcomes = new Map<string, Resolved>();
  const edits: Edit[] = [];
  const gone: LeftOut[] = [];
  for (const node of nodesOf(root, "definition")) {
    const [place] = nodesOf(node, "definitionDestinationString");
    const [label] = nodesOf(node, "definitionLabelString");
    if (!place || !label) continue;
    const name = normal(text.slice(label.start, label.end));
    const outcome = resolved(uses.get(name) ?? "link", place);
    if (!outcomes.has(name)) outcomes.set(name, outcome);
    const [whole = place] = nodesOf(node, "definitionDestination");
    if (outcome && "address" in outcome) edits.push({ ...rangeOf(whole), text: destination(outcome.address) });
    if (outcome && "isGone" in outcome)
      gone.push({ ...rangeOf(node), text: asWritten(text.slice(node.start, node.end)) });
  }
  return { edits, gone, of: (node) => outcomes.get(labelOf(node, text)) };
}

const nothing: Node = { type: "nothing", start: 0, end: 0, parent: undefined, children: [] };

function own(node: Node, type: string): Node {
  return node.children.find((child) => child.type === type) ?? nothing;
}

function labelOf(node: Node, text: string): string {
  const [reference] = nodesOf(own(node, "reference"), "referenceString");
  const [label = nothing] = own(node, "label").children.filter(({ type }) => type === "labelText");
  const named = reference ?? label;
  return normal(text.slice(named.start, named.end));
}

function normal(label: string): string {
  return label.replace(/\s+/g, " ").trim().toLowerCase();
}

function wholeDestination(node: Node): Range {
  const [whole = nothing] = nodesOf(own(node, "resource"), "resourceDestination");
  return rangeOf(whole);
}

function rangeOf({ start, end }: Node): Range {
  return { start, end };
}

/** The words stay; where they led stands behind them, in a comment. */
function unlinked(node: Node, text: string): Edit[] {
  const label = own(node, "label");
  const words = label.children.find(({ type }) => type === "labelText");
  const [place] = nodesOf(own(node, "resource"), "resourceDestinationString");
  if (!words) return [{ ...rangeOf(node), text: "" }];
  const comment = place ? ` ${linkComment(text.slice(place.start, place.end))}` : "";
  return [
    { start: node.start, end: words.start, text: "" },
    { start: words.end, end: node.end, text: comment },
  ];
}

function isUndescribed(node: Node, text: string): boolean {
  const label = own(node, "label");
  return text.slice(label.start, label.end).replace(/[![\]\s]/g, "") === "";
}
