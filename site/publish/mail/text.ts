/** An article's tree as plain text: code to the letter, addresses behind the words that link to them, prose in short lines. */
import type { HTMLElement, Node } from "node-html-parser";
import { codeText, codeTitle } from "./code.ts";
import { formulaLines, plainFormula, shiftedText } from "./formula.ts";
import { indented, lineWidth, type TextCell, tableLines, widthOf, wrap } from "./lines.ts";
import { calloutKind } from "./markup.ts";
import { absoluteAddress, elementsOf, type Footnote, footnotesIn, isElement, isInline, isText, tagOf } from "./tree.ts";

export interface TextContext {
  /** The article's own address, absolute. */
  readonly pageUrl: string;
}

type Lines = readonly string[];

interface Place extends TextContext {
  /** Columns. */
  readonly width: number;
}

/** What stands at the top of the article, as lines. */
export function mailText(node: Node, context: TextContext): string {
  return blocks([node], { ...context, width: lineWidth }).join("\n");
}

/** Blocks with an empty line between them; what stands in lines of text between them is a paragraph. */
function blocks(nodes: readonly Node[], place: Place): Lines {
  const parts: Lines[] = [];
  let run: Node[] = [];
  const endRun = () => {
    const text = tidy(run.map((node) => inline(node, place)).join(""));
    if (text) parts.push(wrap(text, place.width));
    run = [];
  };
  for (const node of nodes) {
    if (isInline(node)) run.push(node);
    else if (isElement(node)) {
      endRun();
      const lines = block(node, place);
      if (lines.length > 0) parts.push(lines);
    }
  }
  endRun();
  return parts.flatMap((lines, at) => (at === 0 ? lines : ["", ...lines]));
}

function within(node: HTMLElement, place: Place): Lines {
  return blocks(node.childNodes, place);
}

/** Spaces of the markup are one; a line end is one that was meant. */
function tidy(text: string): string {
  return text
    .replace(/[ \t\r\f\v]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .trim();
}

type Block = (node: HTMLElement, place: Place) => Lines;

const blocksByClass: readonly (readonly [className: string, block: Block])[] = [
  ["footnotes", (node, place) => footnotesText(footnotesIn(node), place).split("\n")],
  ["alert", (node, place) => noted(node, place)],
  ["aside", (node, place) => noted(node, place)],
  ["drawing", (node, place) => drawing(node, place)],
  ["plot", plot],
  ["chart", (node, place) => node.querySelectorAll("table").flatMap((one) => table(one, place))],
  [
    "math",
    (node) =>
      node.querySelectorAll("math").flatMap((math) => formulaLines(math, plainFormula).map((line) => `    ${line}`)),
  ],
  ["code", code],
];

const blocksByTag: Readonly<Record<string, Block>> = {
  pre: code,
  table,
  ul: list,
  ol: list,
  dl: definitions,
  blockquote: (node, place) => quoted(within(node, narrower(place, 2)), "> "),
  hr: () => ["* * *"],
  h2: (node, place) => underlined(headline(node, place), "="),
  h3: (node, place) => underlined(headline(node, place), "-"),
  h4: headline,
  h5: headline,
  h6: headline,
  details: (node, place) => noted(node, place),
  svg: (node, place) => drawing(node, place),
};

/** A line as long as its longest. */
export function underlined(lines: Lines, sign: string): Lines {
  return [...lines, sign.repeat(Math.max(...lines.map(widthOf)))];
}

function headline(node: HTMLElement, place: Place): Lines {
  return wrap(tidy(node.childNodes.map((child) => inline(child, place)).join("")), place.width);
}

function block(node: HTMLElement, place: Place): Lines {
  const tag = tagOf(node);
  if (/^(?:iframe|video|audio|object|embed|canvas|form)$/.test(tag)) return [`[On the site: <${place.pageUrl}>]`];
  if (/^(?:script|style|template|head|select|textarea|map)$/.test(tag)) return [];
  const known = blocksByClass.find(([name]) => node.classList.contains(name))?.[1];
  return (known ?? blocksByTag[tag] ?? within)(node, place);
}

function narrower(place: Place, columns: number): Place {
  return { ...place, width: Math.max(20, place.width - columns) };
}

function quoted(lines: Lines, sign: string): Lines {
  return lines.map((line) => (sign + line).trimEnd());
}

/** A note or what unfolds on the page: a bar at its side. */
function noted(node: HTMLElement, place: Place): Lines {
  const kind = node.classList.contains("alert") ? calloutKind(node) : undefined;
  const narrow = narrower(place, 2);
  const [first] = elementsOf(node);
  const isTitled = first !== undefined && (first.classList.contains("alert-title") || tagOf(first) === "summary");
  if (!isTitled) return quoted(within(node, narrow), "| ");
  const title = headline(first, narrow).join(" ");
  const rest = node.childNodes.slice(node.childNodes.indexOf(first) + 1);
  return quoted([...wrap(kind ? `${kind}: ${title}` : title, narrow.width), ...blocks(rest, narrow)], "| ");
}

const fence = "```";

/** Between fences and never wrapped, so that it can be taken out as it is. */
function code(node: HTMLElement): Lines {
  const name = codeTitle(node)?.text.trim();
  const text = codeText(node);
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([marks]) => marks.length));
  const marks = longest < fence.length ? fence : "`".repeat(longest + 1);
  return [...(name ? [`${name}:`] : []), marks, ...text.split("\n"), marks];
}

function drawing(node: HTMLElement, { pageUrl, width }: Place): Lines {
  const svg = tagOf(node) === "svg" ? node : node.querySelector("svg");
  if (!svg || svg.getAttribute("aria-hidden") === "true") return [];
  const title = svg.getAttribute("aria-label") ?? svg.querySelector("title")?.text ?? "on the site";
  const caption = node.querySelector("figcaption")?.text.trim();
  const says = svg.querySelector("desc")?.text.trim();
  const words = [title, ...(caption && caption !== title ? [caption] : []), ...(says ? [says] : [])].map(sentence);
  return wrap(`[Drawing: ${words.join(" ")} <${pageUrl}>]`, width);
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function plot(node: HTMLElement, place: Place): Lines {
  const title = node.querySelector("figcaption");
  const unit = elementsOf(node).find((child) => tagOf(child) === "p");
  const words = [title, unit].flatMap((one) => (one ? [tidy(one.text)] : []));
  return [
    ...wrap(words.join(" · "), place.width),
    "",
    ...node.querySelectorAll("table").flatMap((one) => table(one, place)),
  ];
}

function table(node: HTMLElement, place: Place): Lines {
  const rows = node.querySelectorAll("tr");
  const cells = (row: HTMLElement): readonly TextCell[] =>
    elementsOf(row).map((cell) => ({ text: within(cell, { ...place, width: 1000 }).join("\n"), align: alignOf(cell) }));
  const isHead = (row: HTMLElement) => tagOf(row.parentNode) === "thead";
  const caption = node.querySelector("caption");
  const [first] = rows.filter(isHead);
  const lines = tableLines(
    { head: first ? cells(first) : [], rows: rows.filter((row) => !isHead(row)).map(cells) },
    place.width,
  );
  return caption ? [...wrap(tidy(caption.text), place.width), "", ...lines] : lines;
}

function alignOf(cell: HTMLElement): TextCell["align"] {
  return cell.classList.contains("right") ? "right" : cell.classList.contains("center") ? "center" : undefined;
}

/** Items of one line each stand close to each other. */
function list(node: HTMLElement, place: Place): Lines {
  const first = Number(node.getAttribute("start") ?? 1);
  const items = elementsOf(node).map((item, at) => {
    // A task begins with its box.
    const sign = item.classList.contains("task") ? "" : tagOf(node) === "ol" ? `${first + at}. ` : "- ";
    const lines = tight(item, narrower(place, sign.length || 2));
    return sign ? indented(lines, sign) : lines.map((line, n) => (n > 0 && line ? `  ${line}` : line));
  });
  const isLoose = node.childNodes.some(
    (item) => isElement(item) && elementsOf(item).some((child) => tagOf(child) === "p"),
  );
  return items.flatMap((lines, at) => (at > 0 && isLoose ? ["", ...lines] : lines));
}

/** Text and a list below it need no empty line between them. */
function tight(item: HTMLElement, place: Place): Lines {
  const lines = within(item, place);
  const isPlain = elementsOf(item).every((child) => isInline(child) || /^[ou]l$/.test(tagOf(child)));
  return isPlain ? lines.filter(Boolean) : lines;
}

function definitions(node: HTMLElement, place: Place): Lines {
  return elementsOf(node).flatMap((child, at) => {
    const isTerm = tagOf(child) === "dt";
    const lines = within(child, isTerm ? place : narrower(place, 4));
    if (isTerm) return at > 0 && tagOf(child.previousElementSibling) !== "dt" ? ["", ...lines] : lines;
    return lines.map((line) => line && `    ${line}`);
  });
}

/** With the numbers that they have on the page. */
export function footnotesText(notes: readonly Footnote[], context: TextContext): string {
  const lines = notes.flatMap(({ number, item }) => {
    const sign = `[${number}] `;
    return indented(within(item, narrower({ ...context, width: lineWidth }, sign.length)), sign);
  });
  return ["* * *", "", ...lines].join("\n");
}

const around: Readonly<Record<string, string>> = {
  em: "*",
  strong: "*",
  b: "*",
  code: "`",
  kbd: "`",
  s: "~~",
  del: "~~",
};

/** In a line of text. Line ends of the markup are spaces, `<br>` is a line end. */
function inline(node: Node, place: Place): string {
  if (isText(node)) return node.text.replace(/[ \t\r\n\f]+/g, " ");
  if (!isElement(node)) return "";
  const tag = tagOf(node);
  if (node.classList.contains("footnote-ref")) return `[${node.text.trim()}]`;
  if (tag === "br") return "\n";
  if (tag === "math") return formulaLines(node, plainFormula).join("; ");
  if (tag === "img") return picture(node, place);
  const inner = node.childNodes.map((child) => inline(child, place)).join("");
  if (tag === "a") return link(node, inner, place);
  if (tag === "sub" || tag === "sup") return shiftedText(inner, tag);
  const sign = around[tag];
  // Emphasis around nothing, or within emphasis, is no more than its text.
  const isPlain = !sign || inner.trim() === "" || (sign === "*" && inner.includes("*"));
  return isPlain ? inner : sign + inner + sign;
}

/** The address behind the words, where it is no part of them. */
function link(node: HTMLElement, words: string, { pageUrl }: Place): string {
  const address = absoluteAddress(node.getAttribute("href"), pageUrl);
  if (address === undefined || node.classList.contains("anchor") || address.startsWith(`${pageUrl}#`)) return words;
  const plain = address.replace(/^(?:https?:\/\/(?:www\.)?|mailto:|tel:)/, "").replace(/\/$/, "");
  const isAddress = words.replace(/^(?:https?:\/\/)?(?:www\.)?/, "").replace(/\/$/, "") === plain;
  return isAddress ? `<${address.replace(/^mailto:/, "")}>` : `${words} <${address}>`;
}

function picture(node: HTMLElement, { pageUrl }: Place): string {
  const address = absoluteAddress(node.getAttribute("src"), pageUrl);
  const alt = node.getAttribute("alt")?.trim();
  return `[Picture${alt ? `: ${alt}` : ""}${address ? ` <${address}>` : ""}]`;
}
