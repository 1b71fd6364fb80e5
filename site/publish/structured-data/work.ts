/** Case studies, talks and publications. What is not known is left out, and nothing is called more than it is. */
import type { Blog } from "../../content/blog.ts";
import { type CaseStudy, caseStudyUrl } from "../../content/case-studies.ts";
import type { Achievements, Site } from "../../content/schemas.ts";
import { isTalk, talkUrl, whenOf } from "../../content/talks.ts";
import { machineDate, type Thing, theOwner, theSite, thingAt } from "./graph.ts";

type Achievement = Achievements[number];

/** `image` is the absolute address of its card. @see https://schema.org/CreativeWork */
export function caseStudyWork({ site }: Blog, study: CaseStudy, image: string | undefined): Thing {
  const url = caseStudyUrl(study.key);
  return {
    "@type": "CreativeWork",
    ...thingAt(site, url),
    name: study.title,
    abstract: study.problem,
    genre: "Case study",
    url: site.url + url,
    image,
    inLanguage: site.language,
    keywords: study.technologies,
    author: theOwner(site),
    isPartOf: theSite(site),
  };
}

/** Talks and single publications, for a page that lists them. */
export function achievementThings({ site, achievements }: Blog): readonly Thing[] {
  return [
    ...achievements.filter(({ kind }) => kind === "talk").map((talk) => talkThing(site, talk)),
    ...achievements.filter(isArticle).map((publication) => scholarlyArticle(site, publication)),
  ];
}

/**
 * An event, when it is known where it was and on which day, without which nobody can list it; else a work that was given.
 * @see https://developers.google.com/search/docs/appearance/structured-data/event
 */
export function talkThing(site: Site, talk: Achievement, image?: string): Thing {
  const path = isTalk(talk) ? talkUrl(talk) : undefined;
  const { title, abstract, event, place, date, slides, video, technologies } = talk;
  const common = {
    ...(path && thingAt(site, path)),
    name: title,
    description: abstract,
    url: path ? site.url + path : talk.url,
    image,
    keywords: technologies,
  };
  const occasion =
    place && date && /^\d{4}-\d{2}-\d{2}$/.test(date) ? { startDate: date, location: at(place) } : undefined;
  if (!occasion) {
    const dateCreated = machineDate(whenOf(talk));
    return { "@type": "CreativeWork", ...common, genre: "Talk", dateCreated, author: theOwner(site) };
  }
  return {
    "@type": "Event",
    ...common,
    ...occasion,
    performer: theOwner(site),
    superEvent: event && { "@type": "Event", name: event, ...occasion },
    workFeatured: slides && { "@type": "PresentationDigitalDocument", name: title, url: slides },
    recordedIn: video && { "@type": "CreativeWork", name: title, url: video },
  };
}

function at(place: string): Thing {
  return { "@type": "Place", name: place, address: place };
}

/** An entry may stand for several articles: one that names where it appeared, or leads to it, is one. */
function isArticle({ kind, venue, url }: Achievement): boolean {
  return kind === "publication" && Boolean(venue ?? url);
}

/** @see https://schema.org/ScholarlyArticle */
function scholarlyArticle(site: Site, { title, detail, when, venue, url, technologies }: Achievement): Thing {
  return {
    "@type": "ScholarlyArticle",
    headline: title,
    name: title,
    description: detail,
    datePublished: machineDate(when),
    isPartOf: venue && { "@type": "CreativeWork", name: venue },
    url,
    keywords: technologies,
    author: theOwner(site),
  };
}
