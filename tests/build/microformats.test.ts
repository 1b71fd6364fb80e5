/** What a parser of microformats finds: articles, lists of them, and the owner. @see https://microformats.org/wiki/h-entry */
import { mf2 } from "microformats-parser";
import { describe, expect, test } from "vitest";
import { toIso } from "../../site/content/dates.ts";
import { loadBlog } from "../../site/content/load.ts";
import { root, siteUrl } from "../setup/site.ts";
import { builtPages } from "./built-site.ts";

const pages = new Map((await builtPages()).map((page) => [page.url, page]));
const { listed, tags, series, profile } = await loadBlog(root);

function found(url: string) {
  const page = pages.get(url);
  if (!page) throw new Error(`no page at ${url}`);
  return mf2(page.text, { baseUrl: siteUrl + url });
}

type Item = ReturnType<typeof found>["items"][number];
const ofType = (items: readonly Item[], type: string) => items.filter((item) => item.type?.includes(type));
/** Of a thing and of what stands in it, as text. */
const entriesIn = (item: Item | undefined) => ofType((item?.children ?? []) as Item[], "h-entry");

describe.each(listed.map((post) => [post.slug, post] as const))("the article %s", (_slug, post) => {
  const [entry, ...more] = ofType(found(post.url).items, "h-entry");

  test("is one entry with its name, dates, address, summary, categories and whole text", () => {
    expect(more).toEqual([]);
    expect(entry?.properties).toMatchObject({
      name: [post.title],
      published: [toIso(post.published)],
      url: [siteUrl + post.url],
      summary: [post.description],
      category: post.tags,
    });
    expect(entry?.properties["updated"]).toEqual(post.updated && [toIso(post.updated)]);
    const [content] = (entry?.properties["content"] ?? []) as { readonly html: string; readonly value: string }[];
    expect(content?.value.split(/\s+/).length).toBeGreaterThan(post.article.words * 0.9);
    expect(content?.html).not.toContain("post-footer");
  });

  test("names its author, whose card is on the page that it leads to", () => {
    const [author] = (entry?.properties["author"] ?? []) as Item[];
    expect(author?.properties).toEqual({ name: [profile.name ?? profile.role], url: [`${siteUrl}/about/`] });
    const [card] = ofType(found("/about/").items, "h-card");
    expect(card?.properties).toMatchObject({ name: author?.properties["name"], url: [`${siteUrl}/`] });
  });
});

test("every list of articles is a feed of entries with the same names, addresses, days and summaries", () => {
  const lists = [
    { url: "/posts/", posts: listed },
    ...tags,
    ...series.map(({ url, parts }) => ({ url, posts: parts })),
    { url: "/", posts: listed.slice(0, 5) },
    { url: "/technologies/kafka/", posts: listed.filter((post) => post.tags.includes("kafka")) },
  ];
  expect(lists.length).toBeGreaterThan(15);
  for (const { url, posts } of lists) {
    const [feed, ...more] = ofType(found(url).items, "h-feed");
    expect.soft(more, url).toEqual([]);
    expect.soft(entriesIn(feed).map(({ properties }) => properties)).toEqual(
      posts.map((post) => ({
        name: [post.title],
        url: [siteUrl + post.url],
        published: [toIso(post.published)],
        summary: [post.description],
      })),
    );
  }
});

test("the first page stands for its owner: one card, whose address is the page itself", () => {
  const [card, ...more] = ofType(found("/").items, "h-card");
  expect(more).toEqual([]);
  expect(card?.properties).toMatchObject({
    name: [profile.name ?? profile.role],
    url: [`${siteUrl}/`],
    uid: [`${siteUrl}/`],
    note: [profile.headline],
  });
});
