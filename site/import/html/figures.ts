/** Pictures with captions, galleries, and pictures that lead to a larger self. */

import { leave } from "./leave.ts";
import {
  become,
  childrenOf,
  elementsOf,
  fill,
  type HtmlPage,
  isBlock,
  made,
  replaceBy,
  textIn,
  unwrap,
  wordsIn,
} from "./page.ts";

export function plainFigures(page: HtmlPage): void {
  for (const list of elementsOf(page.root, ".blocks-gallery-grid")) {
    for (const item of childrenOf(list)) unwrap(item);
    replaceBy(list, fill(made(list, "div"), [...list.childNodes]));
  }
  for (const picture of elementsOf(page.root, "img")) plainPicture(picture, page);
  for (const picture of elementsOf(page.root, "picture")) unwrap(picture);
  for (const link of elementsOf(page.root, "a[href]")) plainLink(link, page);
  for (const figure of elementsOf(page.root, "figure").toReversed()) plainFigure(figure, page);
}

const galleries = ".wp-block-gallery, .kg-gallery-card";
const late = ["data-src", "data-lazy-src", "data-orig-file", "data-original"];

function plainPicture(picture: Element, page: HtmlPage): void {
  const alt = picture.getAttribute("alt") ?? "";
  const sizes = ["width", "height"].map((name) => picture.getAttribute(name));
  const isEmoji = /\b(?:emoji|wp-smiley)\b/.test(picture.className) && alt !== "";
  if (isEmoji || sizes.every((size) => size === "1")) {
    replaceBy(picture, textIn(picture, isEmoji ? alt : ""));
    return;
  }
  const src = picture.getAttribute("src") ?? "";
  const better = late.map((name) => picture.getAttribute(name)).find(Boolean);
  if (better && (!src || /^data:/.test(src))) picture.setAttribute("src", better);
  if (!picture.getAttribute("src")) leave(picture, page);
}

/** A picture that leads to a larger one becomes the larger one; one that leads to a page about it leads nowhere. */
function plainLink(link: Element, page: HtmlPage): void {
  const picture = link.querySelector("img");
  const href = link.getAttribute("href") ?? "";
  if (!picture || wordsIn(link)) return;
  if (stem(href) && stem(href) === stem(picture.getAttribute("src") ?? "")) picture.setAttribute("src", href);
  else if (/[?&]attachment_id=\d|\/attachment\//.test(href) || /\battachment\b/.test(link.getAttribute("rel") ?? ""))
    page.tell(link, "link", `link to ${href}, which showed the picture alone`, "left out");
  else return;
  unwrap(link);
}

/** WordPress and Ghost make smaller pictures, named after the one that was uploaded. */
function stem(address: string): string {
  const name =
    address
      .replace(/[?#].*$/, "")
      .split("/")
      .at(-1) ?? "";
  return name.replace(/(?:-scaled|-\d+x\d+)+(?=\.\w+$)/, "").toLowerCase();
}

function plainFigure(figure: Element, page: HtmlPage): void {
  if (figure.matches(galleries) && figure.querySelectorAll("img").length > 1)
    page.tell(figure, "html", "gallery", "became pictures, one below the other");
  const [caption] = elementsOf(figure, "figcaption");
  const code = figure.querySelector(`pre[${become.fence}]`);
  if (caption && code && /^[\w./-]+\.\w{1,5}$/.test(wordsIn(caption))) {
    code.setAttribute(become.fence, `${code.getAttribute(become.fence)} title="${wordsIn(caption)}"`);
    caption.remove();
  } else if (caption) {
    const pictures = elementsOf(figure, "img");
    for (const picture of pictures.length === 1 ? pictures : [])
      if (!picture.getAttribute("alt")) picture.setAttribute("alt", wordsIn(caption));
    figure.appendChild(fill(made(caption, "p", { [become.caption]: "" }), [...caption.childNodes]));
    caption.remove();
  }
  for (const picture of childrenOf(figure).filter((child) => child.matches("img, a"))) {
    const paragraph = made(picture, "p");
    replaceBy(picture, paragraph);
    paragraph.appendChild(picture);
  }
  const isInLine = figure.parentElement?.nodeName === "P" && !childrenOf(figure).some(isBlock);
  if (isInLine) unwrap(figure);
  else replaceBy(figure, fill(made(figure, "div"), [...figure.childNodes]));
}
