/** What a telephone needs to keep the site among its programs. @see https://www.w3.org/TR/appmanifest/ */
import type { Site } from "../content/schemas.ts";

export const webManifestUrl = "/site.webmanifest";

/** PNG files drawn from the site's icon; `side` in pixels. A maskable one may be cut to a circle without harm. */
export const webIcons = [
  { url: "/icon-192.png", side: 192, purpose: "any" },
  { url: "/icon-512.png", side: 512, purpose: "any" },
  { url: "/icon-maskable.png", side: 512, purpose: "maskable" },
] as const;

/** Of the light scheme: the format has no place for those of the dark one. `--paper` of base.css. */
export const paperColour = "#fdfcf9";

/**
 * Opens in the reader's browser, `display: browser`: nothing here works offline, and a page without its address bar can be
 * neither passed on nor opened beside another.
 */
export function webManifest({ title, description, language }: Site): string {
  return JSON.stringify({
    id: "/",
    name: title,
    short_name: title,
    description,
    lang: language,
    start_url: "/",
    scope: "/",
    display: "browser",
    background_color: paperColour,
    theme_color: paperColour,
    icons: [
      { src: "/icon.svg", sizes: "any", type: "image/svg+xml" },
      ...webIcons.map(({ url, side, purpose }) => ({ src: url, sizes: `${side}x${side}`, type: "image/png", purpose })),
    ],
  });
}
