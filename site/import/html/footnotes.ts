/** Footnotes as Markdown processors and plugins of WordPress write them: a link up, and one back down. */
import { become, childrenOf, elementsOf, fill, type HtmlPage, isBlock, made, replaceBy, unwrap } from "./page.ts";

interface Note {
  readonly item: Element;
  readonly id: string;
}

const wrappers = "section, div, aside";

export function markFootnotes(page: HtmlPage): void {
  const links = elementsOf(page.root, 'a[href^="#"]');
  const notes = notesIn(page.root);
  let number = 0;
  for (const { item, id } of notes) {
    const references = links.filter((link) => link.getAttribute("href") === `#${id}` && !item.contains(link));
    if (references.length === 0) continue;
    number += 1;
    for (const link of references) asReference(link, String(number));
    asNote(item, String(number), page);
  }
}

/** An item of a list is a note when something in it leads back up to where it was referred to. */
function notesIn(root: Element): Note[] {
  const ids = new Map(elementsOf(root, "[id]").map((element) => [element.getAttribute("id") ?? "", element]));
  return elementsOf(root, "li").flatMap((item) => {
    const id = item.getAttribute("id") || item.querySelector("a[id], a[name], p[id]")?.getAttribute("id");
    const back = elementsOf(item, 'a[href^="#"]').find((link) => {
      const target = ids.get(link.getAttribute("href")?.slice(1) ?? "");
      const isArrow = /^(?:[\s↩↵↑^⤴]|\uFE0E|\uFE0F)+$|^(?:back|return|jump)\b/i.test(link.textContent ?? "");
      return isArrow || /back/i.test(link.className) || Boolean(target?.closest("sup"));
    });
    return id && back ? [{ item, id }] : [];
  });
}

/** `<sup><a href="#fn1">[1]</a></sup>` */
function asReference(link: Element, label: string): void {
  const reference = made(link, "code", { [become.reference]: label });
  reference.textContent = label;
  const around = link.parentElement?.closest("sup");
  const isAlone = around?.textContent?.trim() === link.textContent?.trim();
  replaceBy(around && isAlone ? around : link, reference);
}

/** Notes are moved to the end; a list that held nothing else goes, and the rule above it. */
function asNote(item: Element, label: string, page: HtmlPage): void {
  for (const back of elementsOf(item, 'a[href^="#"]').slice(-1)) {
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
  const above = list.previousElementSibling ?? (holder?.matches(wrappers) ? holder.previousElementSibling : null);
  if (above?.nodeName === "HR") above.remove();
  list.remove();
  if (holder?.matches(wrappers) && !isBlock(holder.firstElementChild) && !holder.textContent?.trim()) unwrap(holder);
}
