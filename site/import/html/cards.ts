/** Ghost's cards and Medium's, brought down to plain elements. @see https://ghost.org/docs/themes/content/ */
import type { AlertKind } from "../markdown/alert.ts";
import { leave } from "./leave.ts";
import {
  become,
  childrenOf,
  elementsOf,
  fill,
  type HtmlPage,
  linkParagraph,
  made,
  replaceBy,
  textIn,
  wordsIn,
} from "./page.ts";

type Card = (card: Element, page: HtmlPage) => void;

const cards: Readonly<Record<string, Card>> = {
  ".kg-callout-card": callout,
  ".kg-toggle-card": toggle,
  ".kg-bookmark-card": (card, page) =>
    bookmark(card, page, { title: ".kg-bookmark-title", text: ".kg-bookmark-description" }),
  ".graf--mixtapeEmbed": (card, page) => bookmark(card, page, { title: "strong", text: "em" }),
  ".kg-file-card": (card, page) => {
    const [link] = elementsOf(card, "a[href]");
    const words = [".kg-file-card-title", ".kg-file-card-filename"].map((part) => partOf(card, part)).find(Boolean);
    if (!link) return;
    page.tell(card, "html", "card of a file", "became a link");
    replaceBy(card, linkParagraph(card, link.getAttribute("href") ?? "", words ?? "File"));
  },
  ".kg-video-card, .kg-audio-card": (card) => {
    const [player] = elementsOf(card, "video, audio");
    const [caption] = elementsOf(card, "figcaption");
    if (!player) return;
    player.setAttribute("title", partOf(card, ".kg-audio-title"));
    replaceBy(card, fill(made(card, "figure"), caption ? [player, caption] : [player]));
  },
  ".kg-button-card": (card) => {
    const [link] = elementsOf(card, "a[href]");
    if (link) replaceBy(card, fill(made(card, "p"), [link]));
  },
  ".kg-signup-card, .kg-email-card, .kg-email-cta-card": (card, page) => leave(card, page, nameOf(card)),
  ".kg-product-card, .kg-header-card, .kg-cta-card, .kg-nft-card": (card, page) => {
    for (const extra of elementsOf(card, "svg, button, .kg-product-card-rating")) extra.remove();
    page.tell(card, "html", nameOf(card), "became plain text");
  },
  ".wp-block-file": (card) => {
    for (const button of elementsOf(card, ".wp-block-file__button, object")) button.remove();
  },
  ".wp-block-columns, .wp-block-media-text": (card, page) =>
    page.tell(card, "html", "columns", "stand one below the other"),
};

export function plainCards(page: HtmlPage): void {
  for (const [selector, plain] of Object.entries(cards))
    for (const card of elementsOf(page.root, selector)) if (page.root.contains(card)) plain(card, page);
  for (const element of elementsOf(page.root, "details").toReversed()) details(element);
  for (const source of elementsOf(page.root, "blockquote > cite, blockquote > footer")) {
    const dash = /^\s*[—–-]/.test(source.textContent ?? "") ? "" : "— ";
    replaceBy(source, fill(made(source, "p"), [textIn(source, dash), ...source.childNodes]));
  }
  for (const element of elementsOf(page.root, "aside"))
    replaceBy(element, fill(made(element, "div", { [become.container]: "aside" }), [...element.childNodes]));
}

function nameOf(card: Element): string {
  return `card "${/kg-([a-z-]+)-card/.exec(card.className)?.[1]}"`;
}

const alertsOf: Readonly<Record<string, AlertKind>> = { red: "CAUTION", yellow: "WARNING", green: "TIP" };
/** They say no more than the name of the note does. */
const usualEmoji = /^(?:💡|ℹ️?|⚠️?|📌|❗️?|🚨|✅|✏️?|📝)?$/u;

function callout(card: Element): void {
  const color = /kg-callout-card-(\w+)/.exec(card.className)?.[1] ?? "";
  const emoji = partOf(card, ".kg-callout-emoji");
  const [text] = elementsOf(card, ".kg-callout-text");
  const paragraph = made(card, "p");
  if (!usualEmoji.test(emoji)) paragraph.appendChild(textIn(card, `${emoji} `));
  fill(paragraph, [...(text?.childNodes ?? [])]);
  const kind = /⚠|🚨|❗/u.test(emoji) ? "WARNING" : (alertsOf[color] ?? "NOTE");
  replaceBy(card, fill(made(card, "blockquote", { [become.alert]: kind }), [paragraph]));
}

function toggle(card: Element): void {
  const [content] = elementsOf(card, ".kg-toggle-content");
  const title = partOf(card, ".kg-toggle-heading-text");
  replaceBy(card, unfolding(card, title, content));
}

/** `<details>` is a part that unfolds here as well. */
function details(element: Element): void {
  const summary = childrenOf(element).find(({ nodeName }) => nodeName === "SUMMARY");
  const title = summary ? wordsIn(summary) : "";
  summary?.remove();
  replaceBy(element, unfolding(element, title, element));
}

function unfolding(like: Element, title: string, content: Element | undefined): Element {
  const container = made(like, "div", { [become.container]: `details ${title}`.trim() });
  return fill(container, [...(content?.childNodes ?? [])]);
}

function bookmark(card: Element, page: HtmlPage, parts: { readonly title: string; readonly text: string }): void {
  const [link] = elementsOf(card, "a[href]");
  const href = link?.getAttribute("href") ?? "";
  if (!href) return;
  const paragraph = linkParagraph(card, href, partOf(card, parts.title) || href);
  const text = partOf(card, parts.text);
  const [caption] = elementsOf(card, "figcaption");
  if (text) fill(paragraph, [made(card, "br"), textIn(card, text)]);
  page.tell(card, "html", `preview of ${href}`, "became a link");
  const figure = fill(made(card, "div"), [paragraph]);
  if (caption) figure.appendChild(fill(made(caption, "p", { [become.caption]: "" }), [...caption.childNodes]));
  replaceBy(card, figure);
}

function partOf(card: Element, selector: string): string {
  const [part] = elementsOf(card, selector);
  return part ? wordsIn(part) : "";
}
