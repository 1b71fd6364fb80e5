/** JSON-LD: what a page is about, as one graph of things that name each other. @see https://www.w3.org/TR/json-ld11/ */
import type { Site } from "../../content/schemas.ts";
import { type Html, trusted } from "../../html.ts";

/** One of schema.org's things. Properties that are absent, `null`, `""` or `[]` are left out. @see https://schema.org/docs/full.html */
export interface Thing {
  readonly "@type": string | readonly string[];
  readonly [property: string]: unknown;
}

/** Names a thing that another page describes: pages stay small. */
export interface Reference {
  readonly "@id": string;
}

/** A data block; `<` is escaped so that no text can end the element. */
export function graph(things: readonly Thing[]): Html {
  const written = JSON.stringify({ "@context": "https://schema.org", "@graph": things }, (_key, value: unknown) =>
    isAbsent(value) ? undefined : value,
  );
  return trusted(`<script type="application/ld+json">${written.replaceAll("<", "\\u003c")}</script>`);
}

function isAbsent(value: unknown): boolean {
  return value == null || value === "" || (Array.isArray(value) && value.length === 0);
}

/** The site, described on its first page. */
export function theSite({ url }: Pick<Site, "url">): Reference {
  return { "@id": `${url}/#site` };
}

/** The owner, described on the first page, /about/ and /cv/. */
export function theOwner({ url }: Pick<Site, "url">): Reference {
  return { "@id": `${url}/#owner` };
}

/** What is described on the page at a path: an article, a series, a work, a talk. */
export function thingAt({ url }: Pick<Site, "url">, path: string): Reference {
  return { "@id": url + path };
}

/** A year, month or day as programs read it; absent for what only people do, such as `ongoing`. */
export function machineDate(when: string | null | undefined): string | undefined {
  return when && /^\d{4}(-\d{2}(-\d{2})?)?$/.test(when) ? when : undefined;
}
