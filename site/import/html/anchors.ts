/** Places that links name: those that an author made, and those that a link of the post leads to. */
import { decoded } from "../names.ts";
import { markup } from "./leave.ts";
import { become, elementsOf, type HtmlPage, isBlock, made, unwrap, wordsIn } from "./page.ts";

const headings = "h1, h2, h3, h4, h5, h6";

export function markAnchors(page: HtmlPage): void {
  for (const link of elementsOf(page.root, headings).flatMap((heading) => elementsOf(heading, 'a[href^="#"]')))
    if (/^[#¶§🔗\s]*$/u.test(wordsIn(link))) link.remove();
  const used = new Set(elementsOf(page.root, 'a[href^="#"]').map((link) => decoded(link.getAttribute("href") ?? "")));
  const seen = new Set<string>();
  for (const element of elementsOf(page.root, "[id], a[name]")) {
    const id = element.getAttribute("id") || element.getAttribute("name") || "";
    const isMade = element.nodeName === "A" && !element.hasAttribute("href");
    if (/^[\w:.-]+$/.test(id) && !seen.has(id) && (isMade || used.has(`#${id}`))) {
      seen.add(id);
      mark(element, id);
    }
    if (isMade) unwrap(element);
  }
}

function mark(element: Element, id: string): void {
  if (element.matches(headings)) {
    if (letters(element.textContent ?? "") !== letters(id)) element.setAttribute(become.id, id);
    return;
  }
  const place = markup(element, `<span id="${id}"></span>`, true);
  if (/^(?:P|LI|TD|TH|DD)$/.test(element.nodeName)) element.insertBefore(place, element.firstChild);
  else if (!isBlock(element)) element.parentNode?.insertBefore(place, element);
  else {
    const paragraph = made(element, "p");
    element.parentNode?.insertBefore(paragraph, element);
    paragraph.appendChild(place);
  }
}

/** Headings have names of their own here, which are found by their letters. */
function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}
