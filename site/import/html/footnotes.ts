/** Footnotes as Markdown processors and plugins of WordPress write them: a link up, and one back down. */
import { become, childrenOf, fill, type HtmlPage, isBlock, made, replaceBy, unwrap } from "./page.ts";
import { closest, elementsOf, matches } from "./select.ts";

interface Note {
  readonly item: Element;
  readonly id: string;
  /** The links in it that lead back up. */
  readonly backs: readonly Element[];
}

const wrappers = "section, div, aside";

export function markFootnotes(page: HtmlPage): void {
  const links = elementsOf(page.root, 'a[href^="#"]');
  let number = 0;
  for (const note of notesIn(page.root)) {
    const { item, id } = note;
    const references = links.filter((link) => link.getAttribute("href") === `#${id}` && !item.contains(link));
    if (references.length === 0) continue;
    number += 1;
    for (const link of references) asReference(link, String(number));
    asNote(note, String(number), page);
  }
}

/** An item of a list is a note when something in it leads back up to where it was referred to. */
function notesIn(root: Element): Note[] {
  const ids = new Map(elementsOf(root, "[id]").map((element) => [`#${element.getAttribute("id")}`, element]));
  const isBack = (link: Element) => {
    const isArrow = /^(?:[\s\d↩↵↑^⤴]|\uFE0E|\uFE0F)+$|^(?:back|return|jump)\b/i.test(link.textContent ?? "");
    const target = ids.get(link.getAttribute("href") ?? "");
    return isArrow || /back/i.test(link.className) || closest(target, "sup") !== undefined;
  };
  return elementsOf(root, "li").flatMap((item) => {
    const id = item.getAttribute("id") || elementsOf(item, "a[id], p[id]")[0]?.getAttribute("id");
    const backs = elementsOf(item, 'a[href^="#"]').filter(isBack);
    return id && backs.length > 0 ? [{ item, id, backs }] : [];
  });
}

/** `<sup><a href="#fn1">[1]</a></sup>` */
function asReference(link: Element, label: string): void {
  const reference = made(link, "code", { [become.reference]: label });
  reference.textContent = label;
  const around = closest(link.parentElement, "sup");
  const isAlone = around?.textContent?.trim() === link.textContent?.trim();
  replaceBy(around && isAlone ? around : link, reference);
}

/** Notes are moved to the end; a list that held nothing else goes, and the rule above it. */
function asNote({ item, backs }: Note, label: string, page: HtmlPage): void {
  for (const back of backs) {
    const around = back.parentElement;
    back.remove();
    if (around?.nodeName === "SUP" && !around.textContent?.trim()) around.remove();
  }
  const list = item.parentElement;
  const note = made(item, "section", { [become.footnote]: label });
  page.root.appendChild(fill(note, [...item.childNodes]));
  item.remove();
  if (!list || childrenOf(list).length > 0) return;
  const holder = list.parentElement;
  const above =
    list.previousElementSibling ?? (holder && matches(holder, wrappers) ? holder.previousElementSibling : null);
  if (above?.nodeName === "HR") above.remove();
  list.remove();
  if (holder && matches(holder, wrappers) && !isBlock(holder.firstElementChild) && !holder.textContent?.trim())
    unwrap(holder);
}
