/**
 * An article's tree as markup that mail clients keep: styles on the elements, boxes as tables, a picture in the place of
 * every drawing. What a client strips takes no meaning with it.
 */
import type { HTMLElement, Node } from "node-html-parser";
import { escapeHtml } from "../../html.ts";
import { codeBlock } from "./code.ts";
import { type FormulaWriter, formulaLines } from "./formula.ts";
import { columnWidth, light } from "./palette.ts";
import type { MailPictures } from "./pictures.ts";
import { dataTable } from "./table.ts";
import {
  absoluteAddress,
  elementsOf,
  type Footnote,
  footnotesIn,
  isElement,
  isText,
  keptAttributes,
  tagOf,
} from "./tree.ts";

export interface MailContext {
  /** The article's own address, absolute. */
  readonly pageUrl: string;
  readonly pictures: MailPictures;
}

export const fonts = {
  text: "-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif",
  display: "'Iowan Old Style','Palatino Linotype',Palatino,Georgia,serif",
};

const heading = (size: number, above: number) =>
  `font:400 ${size}px/1.25 ${fonts.display};margin:${above}px 0 ${Math.round(above / 3)}px`;

/** Raised and lowered text that keeps lines where they are. */
const shifted = "font-size:.75em;line-height:0";

/** Elements that are written as they are, with the styles that they have in a mail. */
const styles: Readonly<Record<string, string>> = {
  p: "margin:0 0 1em",
  h2: heading(26, 40),
  h3: heading(21, 30),
  h4: "font-weight:600;font-size:16px;margin:24px 0 6px",
  h5: "font-weight:600;font-size:16px;margin:24px 0 6px",
  h6: "font-weight:600;font-size:16px;margin:24px 0 6px",
  blockquote: `margin:0 0 1em;padding-left:18px;border-left:3px solid ${light.line};color:${light.quiet}`,
  code: `font-size:.9em;background:${light.surface}`,
  kbd: `font-size:.85em;border:1px solid ${light.line};border-radius:3px;padding:0 4px`,
  a: `color:${light.accent}`,
  ol: "margin:0 0 1em;padding-left:1.6em",
  ul: "margin:0 0 1em;padding-left:1.6em",
  li: "margin:0 0 .3em",
  dl: "margin:0 0 1em",
  dt: "font-weight:600",
  dd: "margin:0 0 .6em 1.4em",
  sub: shifted,
  sup: shifted,
  hr: `border:0;border-top:1px solid ${light.line};margin:32px 0`,
  ...Object.fromEntries(
    "abbr b bdi bdo br cite del dfn em i ins mark q s samp small strong u var wbr".split(" ").map((tag) => [tag, ""]),
  ),
};

const voids: ReadonlySet<string> = new Set(["br", "hr", "wbr"]);
/** What needs a page; its own page shows it. */
const pageOnly = /^(?:iframe|video|audio|object|embed|canvas|form|select|textarea|map)$/;

export function mailMarkup(node: Node, context: MailContext): string {
  if (isText(node)) return node.rawText;
  if (!isElement(node)) return "";
  const special = specialOf(node);
  if (special) return special(node, context);
  const tag = tagOf(node);
  const style = styles[tag];
  // Whatever else there is, a group of blocks or an element nobody knows, is what stands in it.
  if (style === undefined) return isBlockGroup(tag) ? `<div>${inside(node, context)}</div>` : inside(node, context);
  const open = `<${tag}${keptAttributes(node)}${style && ` style="${styleIn(node, style)}"`}>`;
  return voids.has(tag) ? open : `${open}${inside(node, context)}</${tag}>`;
}

export function inside(node: HTMLElement, context: MailContext): string {
  return node.childNodes.map((child) => mailMarkup(child, context)).join("");
}

function isBlockGroup(tag: string): boolean {
  return /^(?:div|section|article|aside|header|footer|main|nav|address|figure|center|details|summary)$/.test(tag);
}

/** A list in a list has no room of its own around it. */
function styleIn(node: HTMLElement, style: string): string {
  const isInner = /^[ou]l$/.test(tagOf(node)) && tagOf(node.parentNode) === "li";
  return isInner ? style.replace("margin:0 0 1em", "margin:.3em 0 0") : style;
}

type Write = (node: HTMLElement, context: MailContext) => string;

/** By what the article's own markup calls it. */
const specialClasses: readonly (readonly [className: string, write: Write])[] = [
  ["anchor", inside],
  ["footnote-ref", (node) => `<sup style="${shifted}">[${escapeHtml(node.text.trim())}]</sup>`],
  ["footnotes", (node, context) => footnotesMarkup(footnotesIn(node), context)],
  ["alert", callout],
  ["aside", barred],
  ["embed", (node, context) => box(inside(node, context), `border:1px solid ${light.line};padding:14px 16px 0`)],
  ["alert-title", (node, context) => `<p style="margin:0 0 .3em"><b>${inside(node, context)}</b></p>`],
  ["task", (node, context) => `<li style="list-style:none;margin:0 0 .3em -1.3em">${inside(node, context)}</li>`],
  ["drawing", drawing],
  ["plot", plot],
  ["chart", barChart],
  ["math", (node) => node.querySelectorAll("math").map(displayFormula).join("")],
  ["code", (node, context) => codeBlock(node, (inner) => inside(inner, context))],
];

const specialTags: Readonly<Record<string, Write>> = {
  a: link,
  img: picture,
  picture: (node, context) =>
    node
      .querySelectorAll("img")
      .map((image) => picture(image, context))
      .join(""),
  svg: (node, context) => drawn(node, context),
  math: (node) => formulaLines(node, formulaMarkup).join("<br>"),
  table,
  pre: (node, context) => codeBlock(node, (inner) => inside(inner, context)),
  details: barred,
  summary: (node, context) => `<p style="margin:0 0 .3em"><b>${inside(node, context)}</b></p>`,
  figure: (node, context) => `<div style="margin:1.6em 0">${inside(node, context)}</div>`,
  figcaption: caption,
};

function specialOf(node: HTMLElement): Write | undefined {
  const tag = tagOf(node);
  if (pageOnly.test(tag)) return elsewhere;
  if (tag === "head" || tag === "title" || tag === "meta" || tag === "link" || tag === "base") return () => "";
  const known = specialClasses.find(([name]) => node.classList.contains(name));
  // A class may be the author's own: ours stand on elements of their kind.
  if (known && !(known[0] === "code" && tag !== "figure")) return known[1];
  return specialTags[tag];
}

/** A table that is no data: one cell, which has a ground and edges where `div` has none. */
export function box(content: string, style: string): string {
  const table = 'role="presentation" width="100%" cellspacing="0" cellpadding="0"';
  return `<table ${table} style="width:100%;table-layout:fixed;margin:0 0 1.4em"><tr><td style="font-size:16px;line-height:1.6;${style}">${content}</td></tr></table>`;
}

/** A line at the side, as long as the text. */
function barred(node: HTMLElement, context: MailContext): string {
  const content = inside(node, context).trimEnd();
  const lastOpen = content.endsWith("</p>") ? content.lastIndexOf('<p style="margin:0 0 1em') : -1;
  const tight =
    lastOpen < 0 ? content : content.slice(0, lastOpen) + content.slice(lastOpen).replace("margin:0 0 1em", "margin:0");
  return box(tight, `border-left:3px solid ${light.line};padding:0 0 0 16px`);
}

function callout(node: HTMLElement, context: MailContext): string {
  const isStrong = /\b(?:important|warning|caution)\b/.test(node.classNames);
  const edge = isStrong ? light.accent : light.quiet;
  return box(named(node, context), `background:${light.surface};border-left:3px solid ${edge};padding:14px 16px 0`);
}

/** A title of its own does not say what kind of note it is, and colours may be gone. */
function named(node: HTMLElement, context: MailContext): string {
  const kind = calloutKind(node);
  const content = inside(node, context);
  return kind ? content.replace("<b>", `<b>${kind}: `) : content;
}

/** `Warning`, for a note whose title does not say so. */
export function calloutKind(node: HTMLElement): string | undefined {
  const kind = /\b(?:note|tip|important|warning|caution)\b/.exec(node.classNames)?.[0] ?? "";
  const name = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  const title = elementsOf(node)[0]?.text.trim();
  return kind && title?.toLowerCase() !== kind ? name : undefined;
}

/** Links to a place in the article lead to its page: mail clients rename what such links name. */
function link(node: HTMLElement, context: MailContext): string {
  const address = absoluteAddress(node.getAttribute("href"), context.pageUrl);
  if (address === undefined) return inside(node, context);
  return `<a href="${escapeHtml(address)}"${keptAttributes(node)} style="${styles["a"]}">${inside(node, context)}</a>`;
}

/** One of another site would tell that site of every reader: it is a link. */
function picture(node: HTMLElement, { pictures, pageUrl }: MailContext): string {
  const alt = node.getAttribute("alt") ?? "";
  const shown = pictures.of(node);
  if (shown) return image({ ...shown, alt });
  const address = absoluteAddress(node.getAttribute("src"), pageUrl);
  return address
    ? `<a href="${escapeHtml(address)}" style="${styles["a"]}">${escapeHtml(alt || "Picture")}</a>`
    : escapeHtml(alt);
}

interface Image {
  /** Absolute. */
  readonly url: string;
  /** CSS pixels; absent where nobody knows. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly alt: string;
}

/** What shines through stands on white, in dark mails too. */
function image({ url, width, height, alt }: Image, isBlock = false): string {
  const shrink = width ? Math.min(1, columnWidth / width) : 1;
  const size = width && height ? ` width="${Math.round(width * shrink)}" height="${Math.round(height * shrink)}"` : "";
  return `<img src="${escapeHtml(url)}" alt="${escapeHtml(alt)}"${size} style="${isBlock ? "display:block;" : ""}max-width:100%;height:auto;background:#fff">`;
}

function drawing(node: HTMLElement, context: MailContext): string {
  const content = node
    .querySelectorAll("svg")
    .map((svg) => drawn(svg, context))
    .join("");
  const words = elementsOf(node).filter((child) => tagOf(child) === "figcaption");
  return `<div style="margin:1.6em 0">${content}${words.map((one) => caption(one, context)).join("")}</div>`;
}

/** What is only for the eye, beside a text that says the same, has no place in a mail. */
function drawn(svg: HTMLElement, context: MailContext): string {
  if (svg.getAttribute("aria-hidden") === "true") return "";
  const shown = context.pictures.drawn(svg);
  return shown ? image(shown, true) : elsewhere(svg, context);
}

/** The picture, and its numbers as a table: they are read aloud, and where pictures are not loaded. */
function plot(node: HTMLElement, context: MailContext): string {
  const titles = node
    .querySelectorAll("figcaption")
    .map((title) => `<p style="margin:0 0 .3em"><b>${inside(title, context)}</b></p>`);
  const units = elementsOf(node).filter((child) => tagOf(child) === "p");
  const words = [...titles, ...units.map((unit) => caption(unit, context))].join("");
  const shown = context.pictures.plotted(node);
  const tables = node.querySelectorAll("table").map((numbers) => table(numbers, context));
  return `<div style="margin:1.6em 0">${words}${shown ? image(shown, true) : ""}${tables.join("")}</div>`;
}

/** Bars are cells with a ground, as wide as their share. */
function barChart(node: HTMLElement, context: MailContext): string {
  const bar = (svg: HTMLElement) => {
    const rect = svg.querySelector("rect");
    const colour = rect?.getAttribute("fill")?.includes("accent") ? light.accent : light.quiet;
    const width = /^[\d.]+%$/.exec(rect?.getAttribute("width") ?? "")?.[0] ?? "0";
    return `<div style="width:${width};height:8px;margin:4px 0;font-size:0;line-height:0;background:${colour}"></div>`;
  };
  const write = (child: Node): string => {
    if (tagOf(child) === "svg") return isElement(child) ? bar(child) : "";
    return mailMarkup(child, context);
  };
  // Columns of one width, so that a bar is as long in each of them.
  const columns = Math.max(1, (node.querySelector("tr")?.querySelectorAll("th, td").length ?? 1) - 1);
  const cellWidth = `${Math.floor(78 / columns)}%`;
  const tables = node.querySelectorAll("table").map((bars) => dataTable(bars, { write, cellWidth }));
  return `<div style="margin:1.6em 0">${tables.join("")}</div>`;
}

function caption(node: HTMLElement, context: MailContext): string {
  return `<p style="margin:.4em 0;font-size:14px;color:${light.quiet}">${inside(node, context)}</p>`;
}

function table(node: HTMLElement, context: MailContext): string {
  return dataTable(node, { write: (child) => mailMarkup(child, context) });
}

export const formulaMarkup: FormulaWriter = {
  text: escapeHtml,
  variable: (letter) => `<i>${letter}</i>`,
  raised: (part) => `<sup style="${shifted}">${part}</sup>`,
  lowered: (part) => `<sub style="${shifted}">${part}</sub>`,
};

function displayFormula(math: HTMLElement): string {
  return `<p style="margin:0 0 1em 24px">${formulaLines(math, formulaMarkup).join("<br>")}</p>`;
}

/** Notes have the numbers that they have on the page, whichever of them the mail holds. */
export function footnotesMarkup(notes: readonly Footnote[], context: MailContext): string {
  const items = notes.map(
    ({ number, item }) =>
      `<li value="${number}" style="margin:0">${inside(item, context).replaceAll("margin:0 0 1em", "margin:0 0 .4em")}</li>`,
  );
  return `<ol style="margin:40px 0 0;padding:20px 0 0 1.6em;border-top:1px solid ${light.line};font-size:14px">${items.join("")}</ol>`;
}

function elsewhere(node: HTMLElement, { pageUrl }: MailContext): string {
  const title = node.getAttribute("title") || node.getAttribute("aria-label");
  const what = title ? `${title}: on the site` : "This part is on the site";
  return `<p style="margin:0 0 1em"><a href="${escapeHtml(pageUrl)}" style="${styles["a"]}">${escapeHtml(what)}</a></p>`;
}
