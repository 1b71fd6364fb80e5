/** Blocks of code in a mail: the site's colours on the pieces, marks of lines as elements that say the same without styles. */
import type { HTMLElement, Node } from "node-html-parser";
import { light } from "./palette.ts";
import { elementsOf, isElement, isText, tagOf } from "./tree.ts";

const letters: Readonly<Record<string, string>> = {
  k: `color:${light.k}`,
  s: `color:${light.s}`,
  n: `color:${light.n}`,
  f: `color:${light.f}`,
  c: `color:${light.quiet};font-style:italic`,
  p: `color:${light.quiet}`,
};

const grounds: Readonly<Record<string, string>> = { mark: light.tint, ins: light.added, del: light.removed };
/** The edge of a marked line. Lines beside it have as much room, or code would lose its shape. */
const edge = `border-left:3px solid ${light.accent};padding-left:8px`;
const room = "padding-left:11px";

const box = `background:${light.surface};color:${light.ink};border:1px solid ${light.line};border-radius:5px`;
const title = `margin:0 0 6px;padding:0 0 6px;border-bottom:1px solid ${light.line};font-size:14px;color:${light.quiet}`;
/** Long lines scroll by themselves: a table of fixed width keeps the mail as narrow as it is. */
const pre =
  "margin:0;overflow-x:auto;font:13px/1.55 ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;tab-size:2;overflow-wrap:normal;word-break:normal";
/** As wide as the longest line, so that the ground of a marked line is too. */
const code = "display:inline-block;min-width:100%";

/** `block` is a figure with a caption and code, or the code alone. `write` is for what stands in the caption. */
export function codeBlock(block: HTMLElement, write: (node: HTMLElement) => string): string {
  const name = codeTitle(block);
  const above = name && `<div style="${title}"><b>${write(name)}</b></div>`;
  const table = 'role="presentation" width="100%" cellspacing="0" cellpadding="0"';
  const inner = `${above ?? ""}<pre style="${pre}"><code style="${code}">${codeMarkup(block)}</code></pre>`;
  return `<table ${table} style="width:100%;table-layout:fixed;margin:0 0 1.4em"><tr><td style="${box};padding:10px 14px">${inner}</td></tr></table>`;
}

export function codeTitle(block: HTMLElement): HTMLElement | undefined {
  return elementsOf(block).find((child) => tagOf(child) === "figcaption");
}

/** The code as it is written, line by line; what marks it is left out but for the signs of a change and of a prompt. */
export function codeText(block: HTMLElement): string {
  return codeOf(block).text.replace(/\n$/, "");
}

function codeOf(block: HTMLElement): HTMLElement {
  return block.querySelector("code") ?? block.querySelector("pre") ?? block;
}

function codeMarkup(block: HTMLElement): string {
  const code = codeOf(block);
  const context = { next: 1, hasEdges: code.querySelector("mark:not(.w), .hl") !== null };
  const markup = runsOf(code)
    .map((run) => runMarkup(run, context))
    .join("");
  return markup.replace(/\n((?:<\/\w+>)*)$/, "$1");
}

interface Context {
  /** Number of the next line. */
  next: number;
  readonly hasEdges: boolean;
}

/** Lines that are blocks of their own, and what stands between them. What a page folds is code like all other. */
function runsOf(code: HTMLElement): readonly (readonly Node[])[] {
  const nodes = code.childNodes.flatMap((node) =>
    isElement(node) && node.classList.contains("rest") ? node.childNodes : [node],
  );
  const runs: Node[][] = [];
  for (const node of nodes) {
    const last = runs.at(-1);
    if (last && !groundOf(node) && !groundOf(last[0])) last.push(node);
    else runs.push([node]);
  }
  return runs;
}

function runMarkup(run: readonly Node[], context: Context): string {
  const inner = run.map((node) => pieceMarkup(node, context)).join("");
  return context.hasEdges && !groundOf(run[0]) ? `<span style="display:block;${room}">${inner}</span>` : inner;
}

/** Of a line that has one. */
function groundOf(node: Node | undefined): string | undefined {
  return isElement(node) && !node.classList.contains("w") ? grounds[tagOf(node)] : undefined;
}

function pieceMarkup(node: Node, context: Context): string {
  if (isText(node)) return node.rawText;
  if (!isElement(node)) return "";
  const tag = tagOf(node);
  const number = node.classList.contains("l") ? lineNumber(node, tag, context) : "";
  const inner = number + node.childNodes.map((child) => pieceMarkup(child, context)).join("");
  const ground = groundOf(node);
  if (ground) {
    const isMarked = tag === "mark" || node.classList.contains("hl");
    const side = isMarked ? `;${edge}` : context.hasEdges ? `;${room}` : "";
    return `<${tag} style="display:block;text-decoration:none;color:inherit;background:${ground}${side}">${inner}</${tag}>`;
  }
  if (tag === "mark")
    return `<mark style="color:inherit;background:${light.tint};border-bottom:2px solid ${light.accent}">${inner}</mark>`;
  if (tag === "samp") return `<samp style="font:inherit;color:${light.quiet}">${inner}</samp>`;
  const colour = letters[node.classNames];
  return colour ? `<span style="${colour}">${inner}</span>` : inner;
}

/** Pages count by style; a mail has the number in its text. A removed line has none. */
function lineNumber(node: HTMLElement, tag: string, context: Context): string {
  const written = Number(node.getAttribute("data-n") ?? context.next);
  if (tag !== "del") context.next = written + 1;
  const shown = tag === "del" ? "" : String(written);
  return `<span style="color:${light.quiet};user-select:none">${shown.padStart(3)}  </span>`;
}
