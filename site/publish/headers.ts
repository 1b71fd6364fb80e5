/** What every answer of the site says to browsers beside its content: the policy that follows from the build, and what never changes. */
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
const pathHeaders: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "/assets/*": { "Cache-Control": "public, max-age=31536000, immutable" },
  "/feed.xml": { "Content-Type": "application/atom+xml; charset=utf-8" },
  "/rss.xml": { "Content-Type": "application/rss+xml; charset=utf-8" },
  "/feed.json": { "Content-Type": "application/feed+json; charset=utf-8" },
  "/cv.vcf": { "Content-Type": "text/vcard; charset=utf-8" },
};

/**
 * One policy for every page: nothing by default, styles and inline scripts by hash, the rest from the own origin.
 * @see https://www.w3.org/TR/CSP3/
 */
export function contentSecurityPolicy({ styles, themeScript, prefetchRules, pairScript }: Assets): string {
  const styleHashes = Object.values(styles).map(({ hash }) => hash);
  return [
    "default-src 'none'",
    `style-src 'self' ${styleHashes.join(" ")}`,
    `script-src 'self' ${themeScript.hash} ${prefetchRules.hash} ${pairScript.hash}`,
    "img-src 'self' data:",
    "media-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Those of a page. */
export function pageHeaders(assets: Assets): Readonly<Record<string, string>> {
  return { "Content-Security-Policy": contentSecurityPolicy(assets), ...securityHeaders };
}

/** A `_headers` file for the host. @see https://docs.netlify.com/manage/routing/headers/ */
export function headersFile(assets: Assets): string {
  return Object.entries({ "/*": pageHeaders(assets), ...pathHeaders })
    .map(([path, headers]) => `${path}\n${linesOf(headers)}`)
    .join("");
}

function linesOf(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `  ${name}: ${value}\n`)
    .join("");
}
