/** Everything a browser and a search engine read before the page itself. */
import type { DateTime } from "luxon";
import { cardSize } from "../../site/cards/card.ts";
import { toIso } from "../../site/content/dates.ts";
import { type Html, html } from "../../site/html.ts";
import type { FileAsset } from "../../site/publish/assets.ts";
import { siteCardUrl } from "../../site/publish/cards.ts";
import type { Thing } from "../../site/publish/structured-data/graph.ts";
import { type Crumb, pageGraph } from "../../site/publish/structured-data/page.ts";
import { webManifestUrl } from "../../site/publish/web-manifest.ts";
import type { PageHead, SiteModel } from "../../site/template.ts";

export interface HeadData extends PageHead {
  /** Path of the Atom feed of what the page lists. */
  readonly feed?: string | undefined;
  /** Beside that of every page. */
  readonly script?: FileAsset | undefined;
  /** Present on articles. */
  readonly article?: { readonly published: DateTime<true>; readonly updated: DateTime<true> | undefined };
  /** Path of the page as Markdown. */
  readonly twin?: string | undefined;
  /** Where the text was published first, if elsewhere. */
  readonly canonical?: string | undefined;
  /** Stands for the page elsewhere; absent: its card, or that of the site. */
  readonly image?: PreviewImage | undefined;
  /** Whether to offer the site for a home screen, which opens its first page: no other page does. */
  readonly manifest?: boolean;
  /** For programs: what the page is about; the page itself when absent. */
  readonly things?: readonly Thing[] | undefined;
  /** The pages between the first one and this. */
  readonly trail?: readonly Crumb[] | undefined;
}

export interface PreviewImage {
  /** Absolute. */
  readonly url: string;
  readonly alt: string;
  /** Pixels, where they are known. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

export function head({ model, url, ...page }: HeadData & { readonly model: SiteModel; readonly url: string }): Html {
  const { site } = model.blog;
  const { styles, themeScript, pageScript } = model.assets;
  const title = page.title === site.title ? site.title : `${page.title} · ${site.title}`;
  const address = site.url + url;
  const isFound = !page.noIndex && !page.isNotFound;
  const image = page.image ?? cardOf(model, url, isFound);
  return html`<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${image && line(html`<meta name="twitter:card" content="summary_large_image">`)}<title>${title}</title>
<meta name="description" property="og:description" content="${page.description ?? site.description}">
${page.noIndex && line(html`<meta name="robots" content="noindex">`)}${isFound && line(html`<link rel="canonical" href="${page.canonical ?? address}">`)}${["base" as const, ...(page.styles ?? [])].map((name) => line(html`<style>${styles[name].content}</style>`))}<script>${themeScript.content}</script>
<script type="module" src="${pageScript.url}"></script>
${page.script && line(html`<script src="${page.script.url}" defer></script>`)}<link rel="icon" href="/icon.svg" type="image/svg+xml">
${page.manifest && !model.isPreview && line(html`<link rel="manifest" href="${webManifestUrl}">`)}<link rel="alternate" type="application/atom+xml" title="${site.title}" href="/feed.xml">
${page.feed && line(html`<link rel="alternate" type="application/atom+xml" title="${page.title}" href="${page.feed}">`)}${page.twin && line(html`<link rel="alternate" type="text/markdown" href="${page.twin}">`)}<meta property="og:title" content="${page.title}">
${!page.isNotFound && line(html`<meta property="og:url" content="${address}">`)}<meta property="og:type" content="${page.article ? "article" : "website"}">
<meta property="og:site_name" content="${site.title}">
${image && previewImage(image)}${page.article && line(html`<meta property="article:published_time" content="${toIso(page.article.published)}">`)}${(isFound || page.things) && pageGraph(site, { ...page, url, type: page.pageType })}
</head>`;
}

/** So that what is left out leaves no empty line: these cost bytes on every page. */
function line(content: Html): Html {
  return html`${content}
`;
}

/** Pages that nobody is meant to find get no card but one of their own. */
function cardOf({ cards, blog }: SiteModel, url: string, isFound: boolean) {
  const card = cards.get(url) ?? (isFound ? cards.get(siteCardUrl) : undefined);
  return card && { url: blog.site.url + card.url, alt: card.card.title, ...cardSize };
}

function previewImage({ url, alt, width, height }: PreviewImage): Html {
  return html`<meta property="og:image" content="${url}">
<meta property="og:image:alt" content="${alt}">
${
  width &&
  html`<meta property="og:image:width" content="${width}">
<meta property="og:image:height" content="${height}">
`
}`;
}
