/** The site, its pages, and where each stands. */
import type { Site } from "../../content/schemas.ts";
import type { Html } from "../../html.ts";
import { graph, type Thing, theOwner, theSite, thingAt } from "./graph.ts";

/** A page above another. */
export interface Crumb {
  readonly name: string;
  /** Path from the origin. */
  readonly url: string;
}

/** Of schema.org's kinds of pages those that this site has. */
export type PageType = "WebPage" | "CollectionPage" | "ContactPage" | "SearchResultsPage";

export interface DescribedPage {
  /** Path from the origin. */
  readonly url: string;
  readonly title: string;
  readonly description?: string | undefined;
  /** The pages between the first one and this, from above; none when absent. */
  readonly trail?: readonly Crumb[] | undefined;
  /** `WebPage` when absent. */
  readonly type?: PageType | undefined;
  /** What the page is about, in the place of the page itself. */
  readonly things?: readonly Thing[] | undefined;
}

/** Everything that a page says to programs. */
export function pageGraph(site: Site, page: DescribedPage): Html {
  const things = page.things ?? [webPage(site, page)];
  return graph(page.url === "/" ? things : [...things, breadcrumbs(site, page)]);
}

/** @see https://schema.org/SearchAction */
export function webSite(site: Site): Thing {
  const { url, title, description, language } = site;
  return {
    "@type": "WebSite",
    ...theSite(site),
    url: `${url}/`,
    name: title,
    description,
    inLanguage: language,
    publisher: theOwner(site),
    potentialAction: {
      "@type": "SearchAction",
      target: { "@type": "EntryPoint", urlTemplate: `${url}/search/?q={search_term_string}` },
      "query-input": "required name=search_term_string",
    },
  };
}

/** A page about the owner. @see https://developers.google.com/search/docs/appearance/structured-data/profile-page */
export function profilePage(site: Site, page: DescribedPage, type: string | readonly string[]): Thing {
  return { ...webPage(site, page), "@type": type, mainEntity: theOwner(site) };
}

function webPage(site: Site, { url, title, description, type = "WebPage" }: DescribedPage): Thing {
  const name = { name: title, description, inLanguage: site.language };
  return { "@type": type, ...thingAt(site, url), url: site.url + url, ...name, isPartOf: theSite(site) };
}

/** The last one is the page itself, whose address is known. @see https://developers.google.com/search/docs/appearance/structured-data/breadcrumb */
function breadcrumbs(site: Site, { title, trail = [] }: DescribedPage): Thing {
  const above = [{ name: site.title, url: "/" }, ...trail].map(({ name, url }) => ({ name, item: site.url + url }));
  return {
    "@type": "BreadcrumbList",
    itemListElement: [...above, { name: title }].map((crumb, at) => ({
      "@type": "ListItem",
      position: at + 1,
      ...crumb,
    })),
  };
}
