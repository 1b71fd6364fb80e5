/** What WordPress's export holds besides posts: told, each kind once, and each page by its title. */
import type { ContentProblem } from "../../content/problem.ts";
import { plainText } from "../html/plain-text.ts";
import type { WordPressExport, WordPressItem } from "./wordpress-export.ts";
import { isPost } from "./wordpress-post.ts";

/** Types of items of which no reader knows, or which posts bring along. */
const silent =
  /^(?:post|page|attachment|nav_menu_item|revision|custom_css|customize_changeset|oembed_cache|user_request|wp_\w+)$/;
/** Fields that the editor and its plugins write for themselves. */
const own = /^(?:_|footnotes$|classic-editor-remember|dsq_|jetpack|geo_|om_disable|rank_math|wpcom_)/;

export function tellOthers({ items }: WordPressExport): ContentProblem[] {
  return [
    ...items.filter((item) => /^(?:post|page)$/.test(typeOf(item)) && !isPost(item)).flatMap(notImported),
    ...onceEach(
      items.filter((item) => !silent.test(typeOf(item))),
      (item) => [[typeOf(item), item.start]],
      ofType,
    ),
    ...onceEach(items, ({ comments }) => comments.map((start) => ["comment", start]), ofComments),
    ...onceEach(items.filter(isPost), fieldsIn, ofField),
  ];
}

function typeOf({ field }: WordPressItem): string {
  return field("wp:post_type");
}

function notImported(item: WordPressItem): ContentProblem[] {
  const { field, source, start } = item;
  const status = field("wp:status");
  const title = plainText(field("title")) || "Untitled";
  if (status === "auto-draft" || (typeOf(item) === "page" && status === "trash")) return [];
  const what =
    typeOf(item) === "page" ? "is a page, no post" : status === "trash" ? "lies in the trash" : "has no text";
  const problem = `"${title}" ${what}`;
  return [source.problemAt(start, { code: "page", severity: "warning", problem, hint: "not imported" })];
}

/** Tells of each name where it stands first, and how often it stands there. */
function onceEach(
  items: readonly WordPressItem[],
  find: (item: WordPressItem) => readonly (readonly [name: string, start: number])[],
  say: (name: string, count: number) => string,
): ContentProblem[] {
  const found = items.flatMap((item) => find(item).map(([name, start]) => ({ name, start, source: item.source })));
  return [...Map.groupBy(found, ({ name }) => name)].flatMap(([name, all]) => {
    const [first] = all;
    const words = { code: "page", severity: "warning", problem: say(name, all.length), hint: "not imported" } as const;
    return first ? [first.source.problemAt(first.start, words)] : [];
  });
}

function ofType(name: string, count: number): string {
  return `${plural(count, "item")} of the type "${name}"`;
}

function ofComments(_: string, count: number): string {
  return `${plural(count, "comment")} of readers`;
}

function ofField(name: string, count: number): string {
  return `custom field "${name}" of ${plural(count, "post")}`;
}

function fieldsIn({ meta }: WordPressItem): (readonly [string, number])[] {
  return [...meta].flatMap(([key, [first]]) => (first && !own.test(key) ? [[key, first.start] as const] : []));
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
