/** Headings from the second level on: Medium begins with the third. */
import { become, elementsOf, fill, type HtmlPage, made, replaceBy } from "./page.ts";

export function raiseHeadings(page: HtmlPage): void {
  const headings = elementsOf(page.root, "h1, h2, h3, h4, h5, h6");
  const up = Math.min(...headings.map(levelOf)) - 2;
  if (up <= 0 || headings.length === 0) return;
  for (const heading of headings) {
    const id = heading.getAttribute(become.id);
    const raised = made(heading, `h${levelOf(heading) - up}`, id ? { [become.id]: id } : {});
    replaceBy(heading, fill(raised, [...heading.childNodes]));
  }
}

function levelOf({ nodeName }: Element): number {
  return Number(nodeName.charAt(1));
}
