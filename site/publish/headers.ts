/** What every answer of the site says to browsers beside its content: the policy that follows from the build, and what never changes. */
import { indexPath } from "../search/files.ts";
import type { Assets } from "./assets.ts";

/** Of every page, file and function. Functions on a secret address say less of it, see functions/lib/http/answer.ts. */
export const securityHeaders = Object.freeze({
  "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  // No Cross-Origin-Resource-Policy: readers of the feed load its pictures into pages of their own.
  "Cross-Origin-Opener-Policy": "same-origin",
});

/** Of paths, a final `*` standing for anything. Pages have none of these: browsers ask whether they are still the same. */
const pathHeaders: Readonly<Record<string, Headers>> = {
  "/assets/*": { "Cache-Control": "public, max-age=31536000, immutable" },
  "/feed.xml": { "Content-Type": "application/atom+xml; charset=utf-8" },
  "/rss.xml": { "Content-Type": "application/rss+xml; charset=utf-8" },
  "/feed.json": { "Content-Type": "application/feed+json; charset=utf-8" },
  "/site.webmanifest": { "Content-Type": "application/manifest+json; charset=utf-8" },
  // Files that only a script reads: a policy of pages would weigh as much as some of them.
  [`${indexPath}*`]: { "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'" },
  "/newsletter/mail/*": { "X-Robots-Tag": "noindex" },
  "/cv.vcf": { "Content-Type": "text/vcard; charset=utf-8" },
};

/** Source expressions of what stands in pages, `'sha256-…'`. */
interface Carried {
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
}

/**
 * Nothing by default, styles and inline scripts by hash, the rest from the own origin. This one fits every page.
 * @see https://www.w3.org/TR/CSP3/
 */
export function contentSecurityPolicy({ styles, themeScript, pairScript, prefetchRules }: Assets): string {
  const hashes = Object.values(styles).map(({ hash }) => hash);
  return policy({ styles: hashes, scripts: [themeScript.hash, pairScript.hash] }, prefetchRules.hash, true);
}

/** The page script puts the rules of fetching ahead into every page. Only the first page links the web manifest. */
function policy({ styles, scripts }: Carried, prefetchRules: string, linksManifest: boolean): string {
  return [
    "default-src 'none'",
    `style-src 'self' ${styles.join(" ")}`,
    `script-src 'self' ${[...scripts, prefetchRules].join(" ")}`,
    "img-src 'self' data:",
    "media-src 'self'",
    "connect-src 'self'",
    ...(linksManifest ? ["manifest-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** A part of the site whose pages are made alike, or a single page. */
export interface Area extends Carried {
  /** As a rule names it: `/posts/*`, `/posts/quiet/`. */
  readonly path: string;
}

/** Of a page's path from the origin; absent for a page that is shown at any address. */
export function areaPath(url: string): string | undefined {
  const [, first, isBelow] = url.split("/");
  return url === "/" ? url : isBelow === undefined ? undefined : `/${first}/*`;
}

/**
 * Headers by the paths of rules, the later rule winning. Hashes are most of what a page's headers weigh, so a page of an
 * area has a policy that names those of its area and no others. Where a host sends the policies of both rules, browsers
 * heed both, and nothing changes: the first allows whatever the second does.
 */
export function headerRules(assets: Assets, areas: readonly Area[]): Readonly<Record<string, Headers>> {
  const everywhere = { "Content-Security-Policy": contentSecurityPolicy(assets), ...securityHeaders };
  const narrower = areas.map((area): [string, Headers] => [
    area.path,
    { "Content-Security-Policy": policy(area, assets.prefetchRules.hash, area.path === "/") },
  ]);
  return { "/*": everywhere, ...Object.fromEntries(narrower), ...pathHeaders };
}

export type Headers = Readonly<Record<string, string>>;

/** Those that a page gets by these rules. */
export function headersOfPage(rules: Readonly<Record<string, Headers>>, url: string): Headers {
  return { ...rules["/*"], ...rules[areaPath(url) ?? "/*"], ...rules[url] };
}

/** A `_headers` file for the host. @see https://docs.netlify.com/manage/routing/headers/ */
export function headersFile(rules: Readonly<Record<string, Headers>>): string {
  return Object.entries(rules)
    .map(([path, headers]) => `${path}\n${linesOf(headers)}`)
    .join("");
}

function linesOf(headers: Headers): string {
  return Object.entries(headers)
    .map(([name, value]) => `  ${name}: ${value}\n`)
    .join("");
}
