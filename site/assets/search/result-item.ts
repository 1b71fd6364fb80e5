/** One found article: its title at once, its words when the reader stops typing. */
import { excerpt } from "../../search/excerpt.ts";
import type { Heading } from "../../search/files.ts";
import type { Index } from "../../search/query.ts";
import { element } from "./element.ts";

/** A whole text is some kilobytes, which are not fetched for what the next letter replaces, nor between two words. */
export const pauseMs = 400;

export function resultItem(index: Index, post: number, words: readonly string[]): HTMLLIElement {
  const item = element("li", {});
  const link = element("a", { href: "#" }, "…");
  item.append(link);
  const drop = () => item.remove();
  const fill = ({ slug, title, date }: Heading) => {
    link.href = `/posts/${slug}/`;
    link.textContent = title;
    item.append(element("time", { datetime: date }, date));
    setTimeout(() => item.isConnected && addExcerpt(item, index.document(post), words).catch(drop), pauseMs);
  };
  const heading = index.heading(post);
  if ("slug" in heading) fill(heading);
  else heading.then(fill, drop);
  return item;
}

async function addExcerpt(item: HTMLElement, document: ReturnType<Index["document"]>, words: readonly string[]) {
  const { description, text } = await document;
  const pieces = excerpt(text, words);
  const marked = pieces.map((piece) => (piece.isMarked ? element("mark", {}, piece.text) : piece.text));
  item.append(element("p", {}, ...(marked.length > 0 ? marked : [description])));
}
