/** What Eleventy hands every page and layout. */
import type { Blog, Post, Tag } from "./content/blog.ts";
import { type CaseStudy, caseStudyUrl } from "./content/case-studies.ts";
import type { Technology } from "./content/technologies.ts";
import type { Html } from "./html.ts";
import type { Assets, StyleName } from "./publish/assets.ts";

/**
 * The site as templates see it. A class, so that Eleventy's data cascade passes it on as it is
 * instead of merging a copy of every post into every page.
 */
export class SiteModel {
  readonly blog: Blog;
  readonly assets: Assets;
  /** True in `npm start`, where drafts and future posts are shown and marked. */
  readonly isPreview: boolean;
  /** Keys for pagination: Eleventy copies what it paginates over, and strings are cheap to copy. */
  readonly postSlugs: readonly string[];
  readonly tagNames: readonly string[];
  readonly caseKeys: readonly string[];
  readonly technologySlugs: readonly string[];
  /** Paths of the pages of case studies and technologies. */
  readonly workUrls: readonly string[];
  readonly #posts: ReadonlyMap<string, Post>;
  readonly #tags: ReadonlyMap<string, Tag>;

  constructor(blog: Blog, assets: Assets, isPreview: boolean) {
    this.blog = blog;
    this.assets = assets;
    this.isPreview = isPreview;
    this.#posts = new Map(blog.posts.map((post) => [post.slug, post]));
    this.#tags = new Map(blog.tags.map((tag) => [tag.name, tag]));
    this.postSlugs = [...this.#posts.keys()];
    this.tagNames = [...this.#tags.keys()];
    this.caseKeys = blog.caseStudies.map(({ key }) => key);
    this.technologySlugs = blog.technologies.map(({ slug }) => slug);
    this.workUrls = [...this.caseKeys.map(caseStudyUrl), ...blog.technologies.map(({ url }) => url)];
  }

  /** @throws {Error} when there is no such post: only slugs of `postSlugs` are asked for. */
  post(slug: string): Post {
    return found(this.#posts.get(slug), `post ${slug}`);
  }

  tag(name: string): Tag {
    return found(this.#tags.get(name), `tag ${name}`);
  }

  caseStudy(key: string): CaseStudy {
    const study = this.blog.caseStudies.find((one) => one.key === key);
    return found(study, `case study ${key}`);
  }

  technology(slug: string): Technology {
    const technology = this.blog.technologies.find((one) => one.slug === slug);
    return found(technology, `technology ${slug}`);
  }
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
  /** Beside those of every page. */
  readonly styles?: readonly StyleName[] | undefined;
}

export type LayoutData = TemplateData & PageHead & { readonly content: Html };

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`no ${what}`);
  return value;
}
