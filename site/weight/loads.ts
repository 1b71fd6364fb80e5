/** What a browser fetches for a page beside the page itself, told from its markup. */
import { type HTMLElement, parse } from "node-html-parser";
import { candidates } from "../links/page-links.ts";

export interface Loads {
  /** As they are written, each once; of a picture that comes in several sizes the one that every browser knows. */
  readonly requests: readonly string[];
  /** Those of them that hold up the first paint. */
  readonly blocking: readonly string[];
  /** Everything that could be fetched, other sizes of pictures included. */
  readonly addresses: readonly string[];
}

const loading =
  "script[src], img, source, video, audio, track, iframe, embed, object, image, use, input[src], link[rel]";
const linkKinds = /\b(?:stylesheet|icon|apple-touch-icon|manifest|preload|modulepreload|prefetch)\b/;

export function loadsOf(markup: string): Loads {
  const elements = parse(markup, { blockTextElements: { script: true, style: true } })
    .querySelectorAll(loading)
    .filter((element) => element.rawTagName !== "link" || linkKinds.test(element.getAttribute("rel") ?? ""));
  const requests = elements.filter(({ rawTagName }) => rawTagName !== "source").flatMap(address);
  return {
    requests: [...new Set(requests)],
    blocking: elements.filter(isBlocking).flatMap(address),
    addresses: [...new Set([...elements.flatMap(address), ...elements.flatMap(otherSizes)])],
  };
}

/** A fragment of the page itself, as `<use>` names it, is no request, and neither is what stands in the page. */
function address(element: HTMLElement): string[] {
  const names = ["src", "data", "poster", ...(/^(?:link|image|use)$/.test(element.rawTagName) ? ["href"] : [])];
  return names.flatMap((name) => element.getAttribute(name) ?? []).filter((found) => !/^(?:#|data:)/.test(found));
}

function otherSizes(element: HTMLElement): string[] {
  return candidates(element.getAttribute("srcset") ?? "");
}

function isBlocking(element: HTMLElement): boolean {
  if (element.rawTagName === "link") return element.getAttribute("rel") === "stylesheet";
  const isLate = ["defer", "async"].some((name) => element.hasAttribute(name));
  return element.rawTagName === "script" && !isLate && element.getAttribute("type") !== "module";
}
