/** Blocks of code, whatever plugin coloured them: their text, their language, their title. */

import { languageFor } from "../markdown/code.ts";
import { markup } from "./leave.ts";
import { become, type HtmlPage, isElement, made, replaceBy, textIn, unwrap, wordsIn } from "./page.ts";
import { closest, elementsOf, matches } from "./select.ts";
import { placeAttribute } from "./tag-places.ts";

/** TeX in a line of text. */
export const formulaClass = "import-formula";

export function markCode(page: HtmlPage): void {
  for (const old of elementsOf(page.root, "xmp, listing")) replaceBy(old, codeBlock(old, old.textContent ?? "", ""));
  for (const verse of elementsOf(page.root, "pre.wp-block-verse")) asVerse(verse);
  mergeRuns(page.root);
  for (const pre of elementsOf(page.root, `pre:not([${become.markup}])`))
    if (!closest(pre.parentElement, "pre")) markBlock(pre, page);
  for (const code of elementsOf(page.root, `code:not([${become.markup}]), tt, samp`))
    if (!closest(code, "pre")) markInLine(code, page);
}

/** `info` is what stands behind a fence. */
export function codeBlock(like: Element, code: string, info: string): Element {
  const id = like.getAttribute("id");
  const block = made(like, "pre", { [become.fence]: info, ...(id && { id }) });
  block.appendChild(textIn(like, code));
  return block;
}

function markBlock(pre: Element, page: HtmlPage): void {
  const lost = elementsOf(pre, "a[href], img, strong, em, mark, del").filter(
    (one) => !/hljs|token|line/.test(one.className),
  );
  if (lost[0]) page.tell(lost[0], "code", `<${lost[0].nodeName.toLowerCase()}> in a block of code`, "its text stays");
  replaceBy(pre, codeBlock(pre, codeIn(pre), infoOf(pre)));
}

function codeIn(pre: Element): string {
  for (const line of elementsOf(pre, "br, li, tr"))
    if (line.nodeName === "BR" || line.previousElementSibling) line.parentNode?.insertBefore(textIn(line, "\n"), line);
  for (const extra of elementsOf(pre, "button, .line-numbers-rows, .gutter, .lineno")) extra.remove();
  return (pre.textContent ?? "").replaceAll("\u00A0", " ");
}

/** The language as it was written stays for whom nobody knows, and is reported from there. */
function infoOf(pre: Element): string {
  const [code = pre] = elementsOf(pre, "code");
  const around = closest(pre, "[class*=language-], [class*=highlight-source-]") ?? pre;
  const written = [pre, code, around].map(languageIn).find(Boolean) ?? blockSetting(pre, "language") ?? "";
  const options = `${pre.className} ${code.className}`;
  const title =
    /title:\s*['"]?([^;'"]+)/.exec(options)?.[1] ??
    pre.getAttribute("data-enlighter-title") ??
    pre.getAttribute("title");
  const lines = (/highlight:\s*\[?([\d,\s-]+)/.exec(options)?.[1] ?? pre.getAttribute("data-line") ?? "").match(
    /\d+(?:-\d+)?/g,
  );
  const language = (written && languageFor(written)) || written.replace(/[^\w+#-]/g, "") || "text";
  return [language, title?.trim() && `title="${title.trim().replaceAll('"', "'")}"`, lines && `{${lines.join(",")}}`]
    .filter(Boolean)
    .join(" ");
}

const attributes = ["data-code-block-lang", "data-enlighter-language", "data-language", "data-lang"];
/** Of people, not of programs: `lang` says either. */
const spoken = /^(?:en|de|fr|es|it|nl|pt|pl|sv|da|fi|no|nb|ja|zh|ko|cs|ru|uk|tr)(?:-|$)/i;

function languageIn(element: Element): string | undefined {
  const named = attributes.map((name) => element.getAttribute(name)).find(Boolean);
  const lang = element.getAttribute("lang");
  const ofClass =
    /(?:^|\s)(?:language|lang|highlight-source)-([\w+#-]+)/.exec(element.className)?.[1] ??
    /(?:^|\s|;)(?:brush|lang):\s*([\w+#-]+)/.exec(element.className)?.[1];
  return named ?? ofClass ?? (lang && !spoken.test(lang) ? lang : undefined);
}

/** WordPress keeps settings of a block in a comment before it: `<!-- wp:code {"language":"php"} -->`. */
function blockSetting(element: Element, key: string): string | undefined {
  let before: Node | null = element.previousSibling ?? element.parentElement?.previousSibling ?? null;
  while (before?.nodeType === 3 && !before.textContent?.trim()) before = before.previousSibling;
  if (before?.nodeType !== 8) return undefined;
  return new RegExp(`"${key}":\\s*"([^"]+)"`).exec(before.textContent ?? "")?.[1];
}

/** Medium's old editor made a block of every part between blank lines. */
function mergeRuns(root: Element): void {
  for (const pre of elementsOf(root, "pre.graf--pre")) {
    const before = pre.previousElementSibling;
    const isPart = (one: Element) => !one.classList.contains("graf--preV2");
    if (!before || !matches(before, "pre.graf--pre") || !isPart(pre) || !isPart(before)) continue;
    pre.insertBefore(textIn(pre, "\n\n"), pre.firstChild);
    while (before.lastChild) pre.insertBefore(before.lastChild, pre.firstChild);
    for (const name of [placeAttribute, "id"]) pre.setAttribute(name, before.getAttribute(name) ?? "");
    before.remove();
  }
}

function asVerse(pre: Element): void {
  const paragraph = made(pre, "p");
  for (const [at, line] of (pre.textContent ?? "").trim().split("\n").entries()) {
    if (at > 0) paragraph.appendChild(made(pre, "br"));
    paragraph.appendChild(textIn(pre, line));
  }
  replaceBy(pre, paragraph);
}

/** Code of several lines is a block; a link around code is one that code is in. */
function markInLine(code: Element, page: HtmlPage): void {
  const isAlone = code.parentElement?.nodeName === "P" && wordsIn(code.parentElement) === wordsIn(code);
  if (isAlone && elementsOf(code, "br").length > 0 && code.parentElement) {
    replaceBy(code.parentElement, codeBlock(code, codeIn(code), "text"));
    return;
  }
  if (!code.textContent?.trim()) {
    unwrap(code);
    return;
  }
  if (matches(code, `.${formulaClass}`)) {
    replaceBy(code, markup(code, `$${code.textContent.trim()}$`, true));
    return;
  }
  const link = code.firstChild;
  if (isElement(link) && link.nodeName === "A" && code.childNodes.length === 1 && link.hasAttribute("href")) {
    const inner = made(code, "code");
    inner.appendChild(textIn(code, link.textContent ?? ""));
    link.textContent = "";
    link.appendChild(inner);
    replaceBy(code, link);
    return;
  }
  const [lost] = elementsOf(code, "a[href], img");
  if (lost) page.tell(lost, "code", `<${lost.nodeName.toLowerCase()}> in code`, "its text stays");
  const plain = made(code, "code");
  plain.appendChild(textIn(code, (code.textContent ?? "").replace(/\s+/g, " ")));
  replaceBy(code, plain);
}
