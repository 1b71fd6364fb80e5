/** Paragraphs that only blank lines part, as WordPress has them before it shows them. @see https://developer.wordpress.org/reference/functions/wpautop/ */
import { elementsOf, fill, type HtmlPage, isBlock, isElement, isText, made, replaceBy } from "./page.ts";

const flows = "blockquote, dd, div, li, section, td, th";

export function partParagraphs(page: HtmlPage, { breaksLines }: { readonly breaksLines: boolean }): void {
  for (const flow of [page.root, ...(breaksLines ? elementsOf(page.root, flows) : [])]) {
    if (!flow.closest("pre")) part(flow);
  }
  if (breaksLines) for (const text of textsBelow(page.root)) breakLines(text);
}

/** A single run in a list or a table stays without a paragraph of its own. */
function part(flow: Element): void {
  const runs = runsIn(flow).filter((run) =>
    run.some(({ textContent, nodeType }) => nodeType === 1 || textContent?.trim()),
  );
  const isLoose = /^(?:BODY|BLOCKQUOTE|DIV|SECTION)$/.test(flow.nodeName) || runs.length > 1;
  if (!isLoose) return;
  for (const run of runs) {
    const [first] = run;
    if (!first) continue;
    const paragraph = made(run.find(isElement) ?? flow, "p");
    first.parentNode?.insertBefore(paragraph, first);
    fill(paragraph, run);
  }
}

/** What stands in a line with each other, parted at blocks and at blank lines. */
function runsIn(flow: Element): ChildNode[][] {
  const runs: ChildNode[][] = [];
  let run: ChildNode[] = [];
  const end = () => {
    if (run.length > 0) runs.push(run);
    run = [];
  };
  for (const node of [...flow.childNodes]) {
    if (isBlock(node)) end();
    else if (isText(node)) {
      const [head = "", ...others] = node.data.split(/\n[ \t]*(?:\n[ \t]*)+/);
      node.data = head;
      run.push(node);
      let last: ChildNode = node;
      for (const text of others) {
        end();
        const next = flow.ownerDocument.createTextNode(text);
        flow.insertBefore(next, last.nextSibling);
        run.push(next);
        last = next;
      }
    } else run.push(node);
  }
  end();
  return runs;
}

function textsBelow(parent: Node): Text[] {
  return [...parent.childNodes].flatMap((node) => {
    if (isText(node)) return [node];
    return /^(?:PRE|CODE|SCRIPT|STYLE|TEXTAREA)$/.test(node.nodeName) ? [] : textsBelow(node);
  });
}

/** A line end in a paragraph breaks its line. */
function breakLines(text: Text): void {
  const isEdge = (node: Node | null) => node === null || isBlock(node) || node.nodeName === "BR";
  let written = text.data;
  if (isBlock(text.parentNode) && isEdge(text.previousSibling)) written = written.trimStart();
  if (isBlock(text.parentNode) && isEdge(text.nextSibling)) written = written.trimEnd();
  const lines = written.split(/[ \t]*\n\s*/);
  if (lines.length < 2) return;
  const { ownerDocument } = text;
  const nodes = lines.flatMap((line, at) => [
    ...(at > 0 ? [ownerDocument.createElement("br")] : []),
    ownerDocument.createTextNode(line),
  ]);
  replaceBy(text, ...nodes);
}
