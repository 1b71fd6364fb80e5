/** What an HTML page points at, and what can be pointed at in it. */
import { type HTMLElement, parse } from "node-html-parser";

export interface Link {
  /** As it is written, entities decoded. */
  readonly address: string;
  /** Where it stands in its file, UTF-16 units: in a page, where its tag begins. */
  readonly offset: number;
}

export interface PageLinks {
  readonly links: readonly Link[];
  /** What may follow `#`. */
  readonly ids: ReadonlySet<string>;
  readonly canonical: string | undefined;
}

const pointing = ["href", "src", "poster", "action", "formaction"];

export function linksOfPage(markup: string): PageLinks {
  const document = parse(markup, { blockTextElements: { script: true, style: true } });
  const elements = document.querySelectorAll("*");
  return {
    links: elements.flatMap((element) =>
      addressesOf(element).map((address) => ({ address: address.trim(), offset: element.range[0] })),
    ),
    ids: new Set(
      elements.flatMap((element) => [element.getAttribute("id"), anchorName(element)].flatMap((id) => id || [])),
    ),
    canonical: document.querySelector('link[rel="canonical"]')?.getAttribute("href"),
  };
}

function addressesOf(element: HTMLElement): string[] {
  const single = pointing.flatMap((name) => element.getAttribute(name) ?? []);
  const several = ["srcset", "imagesrcset"].flatMap((name) => candidates(element.getAttribute(name) ?? ""));
  return [...single, ...several, ...previewOf(element), ...describedBy(element)];
}

/** `a.png 1x, b.png 2x`. A comma within an address is no end of it. @see https://html.spec.whatwg.org/#srcset-attributes */
export function candidates(srcset: string): string[] {
  return [...srcset.matchAll(/[\s,]*(\S*[^\s,])(?:\s+[^,]*)?/g)].map(([, address = ""]) => address);
}

/** The page and its picture, as `<meta property="og:image">` names them to other sites. */
function previewOf(element: HTMLElement): string[] {
  const name = element.getAttribute("property") ?? element.getAttribute("name") ?? "";
  const isAddress = element.rawTagName === "meta" && /^(?:og|twitter):(?:url|image)$/.test(name);
  return isAddress ? [element.getAttribute("content") ?? ""] : [];
}

/** Pages and pictures that JSON-LD names. An `@id` names a thing, which need not be there to be read. */
function describedBy(element: HTMLElement): string[] {
  if (element.getAttribute("type") !== "application/ld+json") return [];
  return [...element.rawText.matchAll(/"(?:url|item|image)":"([^"\\]*)"/g)].map(([, address = ""]) => address);
}

function anchorName(element: HTMLElement): string | undefined {
  return element.rawTagName === "a" ? element.getAttribute("name") : undefined;
}
