/** Markdown as a tree in which every piece knows its place, marks and spaces included. */
import { parse, postprocess, preprocess } from "micromark";
import { gfm } from "micromark-extension-gfm";

export interface Node {
  /** Name that micromark gives it: `codeFenced`, `resourceDestinationString` … */
  readonly type: string;
  /** UTF-16 units from the beginning of the text. */
  readonly start: number;
  readonly end: number;
  readonly parent: Node | undefined;
  readonly children: readonly Node[];
}

type OpenNode = Node & { readonly children: Node[] };

let last: { readonly text: string; readonly root: Node } | undefined;

/** The document; its children are the blocks. The last text is not parsed anew: most steps of an import change nothing. */
export function parseMarkdown(text: string): Node {
  if (last?.text !== text) last = { text, root: parsed(text) };
  return last.root;
}

function parsed(text: string): Node {
  const events = postprocess(
    parse({ extensions: [gfm()] })
      .document()
      .write(preprocess()(text, "utf8", true)),
  );
  const root: OpenNode = { type: "document", start: 0, end: text.length, parent: undefined, children: [] };
  let parent = root;
  for (const [kind, token] of events) {
    if (kind === "exit") {
      parent = (parent.parent as OpenNode | undefined) ?? root;
      continue;
    }
    const node: OpenNode = {
      type: token.type,
      start: token.start.offset,
      end: token.end.offset,
      parent,
      children: [],
    };
    parent.children.push(node);
    parent = node;
  }
  return root;
}

/** Every node of some types, in their order. */
export function nodesOf(root: Node, ...types: readonly string[]): readonly Node[] {
  const found: Node[] = [];
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (types.includes(node.type)) found.push(node);
    for (let at = node.children.length - 1; at >= 0; at--) {
      const child = node.children[at];
      if (child) open.push(child);
    }
  }
  return found;
}

export function isInside(node: Node, ...types: readonly string[]): boolean {
  for (let above = node.parent; above; above = above.parent) if (types.includes(above.type)) return true;
  return false;
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Code in blocks and lines: text in which nothing means anything. */
export function codeOf(root: Node): readonly Range[] {
  return nodesOf(root, "codeFenced", "codeIndented", "codeText");
}

export function isWithin(ranges: readonly Range[], offset: number): boolean {
  return ranges.some(({ start, end }) => offset >= start && offset < end);
}
