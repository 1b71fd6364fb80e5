/** One found article: its place in the list at once, its words as soon as they are there. */
import { excerpt } from "../../search/excerpt.ts";
import type { Index } from "../../search/query.ts";
import { element } from "./element.ts";

export function resultItem(index: Index, post: number, words: readonly string[]): HTMLLIElement {
  const item = element("li", {});
  const link = element("a", { href: "#" }, "…");
  item.append(link);
  index.document(post).then(
    ({ url, title, date, description, text }) => {
      link.href = url;
      link.textContent = title;
      item.append(element("time", { datetime: date }, date));
      // The titles of all results come before the first look into a whole text.
      setTimeout(() => {
        const pieces = excerpt(text, words);
        const marked = pieces.map((piece) => (piece.isMarked ? element("mark", {}, piece.text) : piece.text));
        item.append(element("p", {}, ...(marked.length > 0 ? marked : [description])));
      });
    },
    () => item.remove(),
  );
  return item;
}
