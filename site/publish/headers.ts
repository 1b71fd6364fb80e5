/** Headers that follow from what the build made; headers that never change stand in netlify.toml. */
import type { Assets } from "./assets.ts";

/**
 * One policy for every page: nothing by default, styles and inline scripts by hash, the rest from the own origin.
 * @see https://www.w3.org/TR/CSP3/
 */
export function contentSecurityPolicy({ styles, themeScript }: Assets): string {
  return [
    "default-src 'none'",
    `style-src ${Object.values(styles)
      .map(({ hash }) => hash)
      .join(" ")}`,
    `script-src 'self' ${themeScript.hash}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** A `_headers` file for the host. */
export function headersFile(assets: Assets): string {
  return `/*\n  Content-Security-Policy: ${contentSecurityPolicy(assets)}\n`;
}
