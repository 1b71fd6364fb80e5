/** What Eleventy hands every page and layout. */
import type { Blog, Post, Tag } from "./content/blog.ts";
import type { CaseStudy } from "./content/case-studies.ts";
import type { Series } from "./content/series.ts";
import { isTalk, type Talk, talkUrl } from "./content/talks.ts";
import type { Technology } from "./content/technologies.ts";
import type { Html } from "./html.ts";
import { type ListPage, listPages } from "./list-pages.ts";
import type { Assets, StyleName } from "./publish/assets.ts";
import { type Cards, publishedCards } from "./publish/cards.ts";
import { type Related, relatedPosts } from "./publish/related.ts";
import type { PageType } from "./publish/structured-data/page.ts";

/**
 * The site as templates see it. A class, so that Eleventy's data cascade passes it on as it is
 * instead of merging a copy of every post into every page.
 */
export class SiteModel {
  readonly blog: Blog;
  readonly assets: Assets;
  /** True in `npm start`, where drafts and future posts are shown and marked. */
  readonly isPreview: boolean;
  /** Previews have none: nobody draws them. */
  readonly cards: Cards;
  /** Keys for pagination: Eleventy copies what it paginates over, and strings are cheap to copy. */
  readonly postSlugs: readonly string[];
  readonly caseKeys: readonly string[];
  readonly technologySlugs: readonly string[];
  readonly talkUrls: readonly string[];
  readonly archiveUrls: readonly string[];
  readonly tagPageUrls: readonly string[];
  readonly seriesUrls: readonly string[];
  /** Every page of the archive, newest first. */
  readonly archive: readonly ListPage[];
  readonly #posts: ReadonlyMap<string, Post>;
  #related: RelatedBySlug | undefined;
  readonly #tagPages: ReadonlyMap<string, TagPage>;

  constructor(blog: Blog, assets: Assets, isPreview: boolean) {
    this.blog = blog;
    this.assets = assets;
    this.isPreview = isPreview;
    this.cards = isPreview ? new Map() : publishedCards(blog);
    this.archive = listPages("/posts/", blog.listed);
    this.#posts = new Map(blog.posts.map((post) => [post.slug, post]));
    this.#tagPages = new Map(blog.tags.flatMap(pagesOfTag).map((page) => [page.url, page]));
    this.postSlugs = [...this.#posts.keys()];
    this.caseKeys = blog.caseStudies.map(({ key }) => key);
    this.technologySlugs = blog.technologies.map(({ slug }) => slug);
    this.talkUrls = blog.achievements.filter(isTalk).map(talkUrl);
    this.archiveUrls = this.archive.map(({ url }) => url);
    this.tagPageUrls = [...this.#tagPages.keys()];
    this.seriesUrls = blog.series.map(({ url }) => url);
  }

  /** @throws {Error} when there is no such post: only slugs of `postSlugs` are asked for. */
  post(slug: string): Post {
    return found(this.#posts.get(slug), `post ${slug}`);
  }

  /** Most alike first. */
  relatedTo(post: Post): readonly Related[] {
    return (this.related.get(post.slug) ?? []).flatMap(({ slug, reason }) => {
      const other = this.#posts.get(slug);
      return other ? [{ post: other, reason }] : [];
    });
  }

  /** Found when it is first asked for. */
  get related(): RelatedBySlug {
    this.#related ??= bySlug(relatedPosts(this.blog));
    return this.#related;
  }

  /** The same with what a later build has found to be alike. */
  withRelated(related: RelatedBySlug): SiteModel {
    const model = new SiteModel(this.blog, this.assets, this.isPreview);
    model.#related = related;
    return model;
  }

  /** The model of a blog in which one post was edited. What is alike is as it was: to find out anew is for the next build. */
  withBlog(blog: Blog): SiteModel {
    const model = new SiteModel(blog, this.assets, this.isPreview);
    model.#related = this.related;
    return model;
  }

  /** Absolute address of the card that a page has of its own. */
  cardOf(url: string): string | undefined {
    const card = this.cards.get(url);
    return card && this.blog.site.url + card.url;
  }

  archivePage(url: string): ListPage {
    return found(
      this.archive.find((page) => page.url === url),
      `archive at ${url}`,
    );
  }

  caseStudy(key: string): CaseStudy {
    const study = this.blog.caseStudies.find((one) => one.key === key);
    return found(study, `case study ${key}`);
  }

  talk(url: string): Talk {
    const talk = this.blog.achievements.filter(isTalk).find((one) => talkUrl(one) === url);
    return found(talk, `talk at ${url}`);
  }

  technology(slug: string): Technology {
    const technology = this.blog.technologies.find((one) => one.slug === slug);
    return found(technology, `technology ${slug}`);
  }

  tagPage(url: string): TagPage {
    return found(this.#tagPages.get(url), `tag at ${url}`);
  }

  series(url: string): Series {
    return found(
      this.blog.series.find((series) => series.url === url),
      `series at ${url}`,
    );
  }
}

/** Related posts of each post, most alike first, by their slugs. */
export type RelatedBySlug = ReadonlyMap<string, readonly { readonly slug: string; readonly reason: string }[]>;

function bySlug(related: ReadonlyMap<Post, readonly Related[]>): RelatedBySlug {
  const slugs = [...related].map(([{ slug }, others]) => {
    return [slug, others.map(({ post, reason }) => ({ slug: post.slug, reason }))] as const;
  });
  return new Map(slugs);
}

export interface TagPage extends ListPage {
  readonly tag: Tag;
}

function pagesOfTag(tag: Tag): readonly TagPage[] {
  return listPages(tag.url, tag.posts).map((page) => ({ ...page, tag }));
}

export interface TemplateData {
  readonly model: SiteModel;
  readonly page: { readonly url: string };
}

/** What a page tells the `page` layout about itself. */
export interface PageHead {
  readonly title: string;
  /** For search engines and previews; the site's own when absent. */
  readonly description?: string | undefined;
  /** Kept out of search engines: pages behind a form. */
  readonly noIndex?: boolean | undefined;
  /**
   * Shown with status 404 at any address. No search engine lists such an answer, so that it needs no `noindex`, which audits
   * count against a page; it has no address of its own either.
   */
  readonly isNotFound?: boolean | undefined;
  /** No sign-up form at its end: it has a form of its own, or comes after one. */
  readonly noSignUp?: boolean | undefined;
  /** For programs: what kind of page it is. */
  readonly pageType?: PageType | undefined;
  /** Beside those of every page. */
  readonly styles?: readonly StyleName[] | undefined;
}

export type LayoutData = TemplateData &
  PageHead & {
    readonly content: Html;
    /** Of the assets, beside that of every page. */
    readonly script?: "formScript" | undefined;
  };

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`no ${what}`);
  return value;
}
