/** Players, posts and frames of other sites, which a page of ours does not load: links to them. */
import { frameLink, serviceAt } from "../templates/embeds.ts";
import { childrenOf, elementsOf, type HtmlPage, linkParagraph, replaceBy, unwrap, wordsIn } from "./page.ts";

export function linkEmbeds(page: HtmlPage): void {
  for (const frame of elementsOf(page.root, "iframe, script[src]")) linkFrame(frame, page);
  for (const embed of elementsOf(page.root, ".wp-block-embed__wrapper, .wp-block-embed")) linkWords(embed, page);
  for (const player of elementsOf(page.root, "video, audio")) linkPlayer(player, page);
  for (const paragraph of elementsOf(page.root, "p")) linkService(paragraph, page);
}

function linkFrame(frame: Element, page: HtmlPage): void {
  const src = frame.getAttribute("src") || frame.getAttribute("data-src") || "";
  const isGist = /^(?:https?:)?\/\/gist\.github\.com\//.test(src);
  const link = frame.nodeName === "IFRAME" || isGist ? frameLink(src) : undefined;
  if (!link) return;
  page.tell(frame, "html", `HTML element <${frame.nodeName.toLowerCase()}>`, "became a link");
  replaceBy(frame, linkParagraph(frame, link.href, link.name));
}

/** WordPress keeps the address, and asks for the rest when it shows the page. */
function linkWords(embed: Element, page: HtmlPage): void {
  const address = wordsIn(embed);
  if (childrenOf(embed).length > 0 || !/^https?:\/\/\S+$/.test(address)) return;
  page.tell(embed, "html", `embed of ${address}`, "became a link");
  embed.textContent = "";
  embed.appendChild(linkParagraph(embed, address, serviceAt(address) ?? address));
  unwrap(embed);
}

function linkPlayer(player: Element, page: HtmlPage): void {
  const name = player.nodeName.toLowerCase();
  const src = player.getAttribute("src") || player.querySelector("source")?.getAttribute("src");
  if (!src) return;
  page.tell(player, "html", `HTML element <${name}>`, "became a link");
  const title = player.getAttribute("title") || player.getAttribute("aria-label");
  replaceBy(player, linkParagraph(player, src, title || (name === "video" ? "Video" : "Recording")));
}

/** An address alone in a paragraph is a player where the old blog knew its site. */
function linkService(paragraph: Element, page: HtmlPage): void {
  const address = wordsIn(paragraph);
  const name = serviceAt(address);
  if (!name || paragraph.querySelector("img")) return;
  page.tell(paragraph, "html", `embed of ${address}`, "became a link");
  replaceBy(paragraph, linkParagraph(paragraph, address, name));
}
