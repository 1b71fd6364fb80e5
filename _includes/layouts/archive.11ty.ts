/** All posts by year, page by page. */
import type { Post } from "../../site/content/blog.ts";
import { type Html, html } from "../../site/html.ts";
import type { ListPage } from "../../site/list-pages.ts";
import type { LayoutData } from "../../site/template.ts";
import { pageLinks, pageTitle } from "../parts/page-links.ts";
import { postList } from "../parts/post-list.ts";
import { tagList } from "../parts/tag-list.ts";
import { writing } from "../parts/trails.ts";
import { yearList } from "../parts/year-list.ts";
import { base } from "./base.ts";

const tagsShown = 20;

type ArchiveData = LayoutData & { readonly url: string };

export default function archive({ model, url, title, description }: ArchiveData): Html {
  const page = model.archivePage(url);
  const { tags, series } = model.blog;
  const before = model.archive[page.number - 2]?.posts.at(-1);
  const overview = html`<p class="deck">${description}</p>
${tagList(tags.slice(0, tagsShown))}
<p class="more">See <a href="/tags/">all tags</a>${series.length > 0 && html` or <a href="/series/">all series</a>`}.</p>`;
  const main = html`<div class="page h-feed"><h1 class="p-name">${pageTitle(title, page)}</h1>
${page.number === 1 && overview}
${yearList(model.archive, url)}
${years(page, before).map(
  ({ year, isContinued, posts }) => html`<section class="year" aria-labelledby="year-${year}">
<h2 id="year-${year}">${year}${isContinued && ", continued"}</h2>
${postList(posts, model.isPreview)}</section>
`,
)}${pageLinks(page)}</div>`;
  const about = page.number === 1 ? description : `${description} Page ${page.number} of ${page.count}.`;
  const trail = page.number === 1 ? [] : [writing];
  const head = { title: pageTitle(title, page), description: about, pageType: "CollectionPage", trail } as const;
  return base({ ...head, model, url, main, styles: ["list"] });
}

interface Year {
  readonly year: number;
  /** Begun on the page before. */
  readonly isContinued: boolean;
  readonly posts: readonly Post[];
}

/** `before` is the last post of the page before. */
function years({ posts }: ListPage, before: Post | undefined): readonly Year[] {
  return [...Map.groupBy(posts, (post) => post.published.year)].map(([year, ofYear]) => ({
    year,
    isContinued: before?.published.year === year,
    posts: ofYear,
  }));
}
