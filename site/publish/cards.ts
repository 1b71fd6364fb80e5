/** Which pages have cards, what these say, and where they are published. */
import { type Card, cardKey } from "../cards/card.ts";
import { type FontFamily, missingLetter, plainLine } from "../cards/letters.ts";
import type { Blog, Post } from "../content/blog.ts";
import { type CaseStudy, caseStudyUrl } from "../content/case-studies.ts";
import { toWords } from "../content/dates.ts";
import { isTalk, type Talk, talkUrl, whenOf } from "../content/talks.ts";

export interface PublishedCard {
  /** Path of the picture from the origin. It never stands for another one. */
  readonly url: string;
  readonly card: Card;
}

/** By the paths of the pages for which they stand. */
export type Cards = ReadonlyMap<string, PublishedCard>;

/** The page whose card stands for every page that has none. */
export const siteCardUrl = "/";

/** Titles in letters that no font has, and posts with a picture of their own, have none. */
export function publishedCards(blog: Blog): Cards {
  const posts = blog.posts.filter(({ preview }) => !preview);
  return new Map([
    ...entry(siteCardUrl, "site", siteTexts(blog)),
    ...posts.flatMap((post) => entry(post.url, post.slug, postTexts(blog, post))),
    ...blog.caseStudies.flatMap((study) => entry(caseStudyUrl(study.key), study.key, caseTexts(blog, study))),
    ...blog.achievements.filter(isTalk).flatMap((talk) => entry(talkUrl(talk), "talk", talkTexts(blog, talk))),
  ]);
}

/** Absolute address of the picture that stands for a post elsewhere: its author's, or its card. */
export function postImage(
  { site }: Pick<Blog, "site">,
  post: Pick<Post, "url" | "preview">,
  cards: Cards,
): string | undefined {
  const card = cards.get(post.url);
  if (post.preview) return new URL(post.preview.image, site.url + post.url).href;
  return card && site.url + card.url;
}

/** What a card would say if its fonts had every letter. */
interface Texts {
  readonly site: string;
  readonly title: string;
  readonly deck?: string;
  readonly notes: readonly string[];
}

function siteTexts({ site, profile }: Blog): Texts {
  const { host } = new URL(site.url);
  return { site: profile.name ?? profile.role, title: site.title, deck: site.description, notes: [host] };
}

function postTexts({ site }: Blog, { title, published, tags }: Post): Texts {
  return { site: site.title, title, notes: [toWords(published), ...tags] };
}

function caseTexts({ site }: Blog, { title, technologies }: CaseStudy): Texts {
  return { site: site.title, title, notes: ["Case study", ...technologies] };
}

function talkTexts({ site }: Blog, talk: Talk): Texts {
  const { title, event, place } = talk;
  return { site: site.title, title, notes: ["Talk", event, place, whenOf(talk)].filter((note) => note != null) };
}

function entry(page: string, name: string, texts: Texts): [page: string, PublishedCard][] {
  const title = drawable(texts.title, "source-serif-4");
  if (!title) return [];
  const card = {
    site: drawable(texts.site, "source-sans-3"),
    title,
    deck: drawable(texts.deck ?? "", "source-sans-3"),
    notes: texts.notes.map((note) => drawable(note, "source-sans-3")).filter(Boolean),
  };
  return [[page, { url: `/assets/cards/${name}-${cardKey(card).slice(0, 10)}.png`, card }]];
}

/** Nothing, when letters would be missing: half a text says something else. */
function drawable(text: string, family: FontFamily): string {
  return missingLetter(text, family) ? "" : plainLine(text);
}
