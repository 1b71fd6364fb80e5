/** Everything the site is made of, loaded once and checked: the one source of pages, feeds and the functions' manifest. */
import type { DateTime } from "luxon";
import type { Html } from "../html.ts";
import type { RenderedArticle } from "../markdown/render.ts";
import type { LocalPicture } from "../pictures/local-picture.ts";
import type { Drawings } from "./case-studies.ts";
import type {
  Achievements,
  CaseStudies,
  DataName,
  Experience,
  Navigation,
  Profile,
  Projects,
  Site,
} from "./schemas.ts";
import type { Series } from "./series.ts";
import type { Technology } from "./technologies.ts";

export interface Post {
  /** File name without its date and `.md`, or what the front matter says. */
  readonly slug: string;
  /** Path from the origin, `/posts/<slug>/`. */
  readonly url: string;
  /** Older paths of the post on this site, oldest first. */
  readonly aliases: readonly string[];
  readonly title: string;
  readonly description: string;
  /** In the site's time zone. */
  readonly published: DateTime<true>;
  readonly updated: DateTime<true> | undefined;
  /** When the file last changed, as far as history tells; else `updated` or `published`. For machines. */
  readonly modified: DateTime<true>;
  /** Lower-case kebab. */
  readonly tags: readonly string[];
  readonly series: SeriesPart | undefined;
  readonly draft: boolean;
  /** Has a page of its own and is in no list. */
  readonly unlisted: boolean;
  readonly preview: Preview | undefined;
  /** Where the text was published first, if elsewhere: an absolute URL. */
  readonly canonical?: string | undefined;
  /** BCP 47; the site's when absent. */
  readonly language?: string | undefined;
  /** False: subscribers get no mail about it. */
  readonly newsletter: boolean;
  /** False: no contents list. */
  readonly toc: boolean;
  readonly corrections: readonly Correction[];
  /** Versions that the code was run with. */
  readonly testedWith: readonly string[];
  /** Path of the Markdown file from the project root. */
  readonly file: string;
  /** Paths from the project root of the files that lie in the post's own folder and are published beside it. */
  readonly attachments: readonly string[];
  /** Its markup is for every reader, feeds and mails included: each picture one plain `<img>`. */
  readonly article: RenderedArticle;
  /** Those of the article and `preview` that lie in this project, by the address that the post gives them. */
  readonly pictures: ReadonlyMap<string, LocalPicture>;
  /** The article as its own page shows it, pictures in all their sizes. Absent: it has none, and is `article.html`. */
  readonly pageHtml?: Html | undefined;
}

/** Picture that stands for a post elsewhere. */
export interface Preview {
  /** A file of the post's folder, or a path on this site. */
  readonly image: string;
  readonly alt: string;
  /** Pixels, where they are known. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

export interface Correction {
  readonly date: DateTime<true>;
  readonly text: string;
}

export interface SeriesPart {
  readonly name: string;
  /** From 1. */
  readonly part: number;
}

export interface Tag {
  readonly name: string;
  readonly url: string;
  /** Newest first. */
  readonly posts: readonly Post[];
}

export interface Blog {
  readonly site: Site;
  readonly profile: Profile;
  readonly experience: Experience;
  readonly projects: Projects;
  readonly caseStudies: CaseStudies;
  readonly drawings: Drawings;
  readonly achievements: Achievements;
  readonly technologies: readonly Technology[];
  readonly navigation: Navigation;
  /** When each file of _data/ last changed, as far as history tells; by its name without `.json`, in the site's time zone. */
  readonly dataChanges: ReadonlyMap<DataName, DateTime<true>>;
  /** Every post that has a page, newest first. */
  readonly posts: readonly Post[];
  /** Those of them that lists, feeds and search engines may show. */
  readonly listed: readonly Post[];
  /** Drafts and posts whose time has not come: in nothing that is published. Empty in a preview, which shows them all. */
  readonly hidden: readonly Post[];
  /** By number of posts, then by name. */
  readonly tags: readonly Tag[];
  /** The one that was last added to first. */
  readonly series: readonly Series[];
  /** How often posts were read when the owner last asked the counter, by slug; empty when that was never. */
  readonly views: ReadonlyMap<string, number>;
}

/** Posts of lists that were read at all, most read first. */
export function mostRead({ listed, views }: Pick<Blog, "listed" | "views">): readonly Post[] {
  const viewsOf = ({ slug }: Post) => views.get(slug) ?? 0;
  return listed.filter((post) => viewsOf(post) > 0).sort((a, b) => viewsOf(b) - viewsOf(a));
}

/** The blog with something else in the place of each public post, in all its lists. */
export function withPosts(blog: Blog, change: (post: Post) => Post): Blog {
  const changed = new Map(blog.posts.map((post) => [post, change(post)]));
  const each = (posts: readonly Post[]) => posts.map((post) => changed.get(post) ?? post);
  return {
    ...blog,
    posts: each(blog.posts),
    listed: each(blog.listed),
    tags: blog.tags.map((tag) => ({ ...tag, posts: each(tag.posts) })),
    series: blog.series.map((one) => ({ ...one, parts: each(one.parts) })),
    technologies: blog.technologies.map((one) => ({ ...one, posts: each(one.posts) })),
  };
}

/** Tags with their posts. `posts` is newest first, and so is every list here. */
export function groupByTag(posts: readonly Post[]): readonly Tag[] {
  const byName = new Map<string, Post[]>();
  for (const post of posts) {
    for (const tag of post.tags) {
      const tagged = byName.get(tag);
      if (tagged) tagged.push(post);
      else byName.set(tag, [post]);
    }
  }
  return [...byName]
    .map(([name, tagged]) => ({ name, url: tagUrl(name), posts: tagged }))
    .sort((a, b) => b.posts.length - a.posts.length || (a.name < b.name ? -1 : 1));
}

export function tagUrl(tag: string): string {
  return `/tags/${tag}/`;
}

const places = new WeakMap<readonly Post[], ReadonlyMap<Post, number>>();

/** Index of a post in a list, -1 when it is not in it. Asked of every post of a long list it is found at once. */
export function placeIn(posts: readonly Post[], post: Post): number {
  let found = places.get(posts);
  if (!found) {
    found = new Map(posts.map((one, at) => [one, at]));
    places.set(posts, found);
  }
  return found.get(post) ?? -1;
}
