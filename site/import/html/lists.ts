/** Lists as Markdown tells them from each other: by the signs before their items, and by the lines between them. */
import { become, childrenOf, type HtmlPage, made, textIn } from "./page.ts";
import { closest, elementsOf, matches } from "./select.ts";

export function markLists({ root }: HtmlPage): void {
  for (const list of elementsOf(root, "ul, ol")) if (matches(list.parentElement, "ul, ol")) intoItem(list);
  for (const list of elementsOf(root, "ul, ol")) markItems(list);
  for (const box of elementsOf(root, "input[type=checkbox]")) markTask(box);
}

/** `<ul><ul>…` */
function intoItem(list: Element): void {
  const before = list.previousElementSibling;
  const item = before?.nodeName === "LI" ? before : made(list, "li");
  if (item !== before) list.parentNode?.insertBefore(item, list);
  item.appendChild(list);
}

/** Behind a list of the same kind other signs stand, or both would be one. */
function markItems(list: Element): void {
  const items = childrenOf(list).filter(({ nodeName }) => nodeName === "LI");
  const isLoose = items.some((item) => childrenOf(item).some((one) => matches(one, "p, blockquote, pre, div, table")));
  const isOdd = list.previousElementSibling?.nodeName === list.nodeName && !isSecond(list.previousElementSibling);
  const start = Number.parseInt(list.getAttribute("start") ?? "1", 10);
  for (const [at, item] of items.entries()) {
    const number = `${(start >= 0 ? start : 1) + at}${isOdd ? ")" : "."}`;
    item.setAttribute(become.item, list.nodeName === "OL" ? number : isOdd ? "*" : "-");
    if (isLoose) item.setAttribute(become.loose, "");
  }
}

function isSecond(list: Element): boolean {
  return /[)*]$/.test(childrenOf(list)[0]?.getAttribute(become.item) ?? "");
}

function markTask(box: Element): void {
  const item = closest(box, "li");
  const isChecked = box.hasAttribute("checked");
  box.remove();
  if (!item) return;
  const mark = made(item, "code", { [become.markup]: "" });
  mark.appendChild(textIn(item, `[${isChecked ? "x" : " "}]`));
  const place = childrenOf(item).find(({ nodeName }) => nodeName === "P") ?? item;
  place.insertBefore(textIn(item, " "), place.firstChild);
  place.insertBefore(mark, place.firstChild);
}
