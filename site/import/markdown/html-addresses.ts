/** Addresses in the HTML of a Markdown text. HTML stays HTML; only what it points at changes. */
import type { Edit } from "../draft.ts";
import type { LeftOut } from "../leave-out.ts";
import { asWritten } from "../templates/unknown-address.ts";
import type { AddressKind, Resolved } from "./addresses.ts";
import { type Node, nodesOf, type Range } from "./tokens.ts";

const pointing = /<(img|a|source|video|audio)\b(?:[^>"']|"[^"]*"|'[^']*')*>/gi;
const attribute = /\s(?:src|href|poster)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/dgi;

interface Asking {
  resolved(kind: AddressKind, range: Range): Resolved;
  /** Hears of pictures that had no description, by their offset, and of the one that they got. */
  describe(at: number, alt: string): void;
}

interface Changes {
  readonly edits: readonly Edit[];
  readonly gone: readonly LeftOut[];
}

export function addressesInHtml(root: Node, text: string, asking: Asking): Changes {
  const changes = nodesOf(root, "htmlFlow", "htmlText").flatMap((node) =>
    [...text.slice(node.start, node.end).matchAll(pointing)].map(({ 0: tag, 1: name = "", index }) =>
      changesOf({ tag, name: name.toLowerCase(), start: node.start + index }, asking),
    ),
  );
  return { edits: changes.flatMap(({ edits }) => edits), gone: changes.flatMap(({ gone }) => gone) };
}

interface Element {
  readonly tag: string;
  readonly name: string;
  readonly start: number;
}

function changesOf({ tag, name, start }: Element, { resolved, describe }: Asking): Changes {
  const end = start + tag.length;
  const edits: Edit[] = [];
  for (const match of tag.matchAll(attribute)) {
    const [from = 0, to = 0] = match.indices?.slice(1).find((range) => range !== undefined) ?? [];
    const range = { start: start + from, end: start + to };
    const outcome = from < to ? resolved(name === "a" ? "link" : "picture", range) : undefined;
    if (outcome && "address" in outcome) edits.push({ ...range, text: outcome.address.replaceAll('"', "%22") });
    if (!outcome || !("isGone" in outcome)) {
      const alt = name === "img" && !/\salt\s*=/i.test(tag) ? outcome?.alt : undefined;
      if (alt) edits.push({ start: start + 4, end: start + 4, text: ` alt="${alt.replaceAll('"', "&quot;")}"` });
      if (alt) describe(start, alt);
      continue;
    }
    if (name === "img" || name === "source") return { edits: [], gone: [{ start, end, text: asWritten(tag) }] };
    edits.push({ start: start + match.index, end: start + match.index + match[0].length, text: "" });
    edits.push({ start: end, end, text: linkComment(tag.slice(from, to)) });
  }
  return { edits, gone: [] };
}

/** Says where a link led that is none any more. */
export function linkComment(address: string): string {
  return `<!-- import: link to ${asWritten(address).replaceAll("--", "-&#45;")} -->`;
}
