/** What is told once of a whole post: looks that were written into it. */
import { elementsOf, type HtmlPage, placeOf } from "./page.ts";

const looks =
  "[style*=color], [style*=background], [style*=font], [style*=text-], [style*=float], [align], [bgcolor], [color], font, center, marquee, big";
/** Their looks belong to cards and tables, which are told of or have an equivalent. */
const own = "figure, table, tr, td, th, pre, iframe, [class*=kg-], [class*=mixtape], .pre--content";

export function tellLooks(page: HtmlPage): void {
  const found = elementsOf(page.root, looks).filter((element) => !element.matches(own) && !element.closest("pre"));
  const [first] = found.toSorted((a, b) => placeOf(a) - placeOf(b));
  if (!first) return;
  const count = found.length === 1 ? "an element" : `${found.length} elements`;
  page.tell(first, "html", `${count} with colours, sizes or alignments of their own`, "left out");
}
