/** A picture as an article's page shows it. */
import { escapeHtml, type Html, html } from "../html.ts";
import type { Addresses, Source } from "./addresses.ts";
import type { LocalPicture } from "./local-picture.ts";
import { attributeOf, withAttributes } from "./replace.ts";
import { columnWidth, sizesOf } from "./sizes.ts";

/** What the script that follows the reader's choice of theme looks for. */
export const darkMedia = "(prefers-color-scheme: dark)";

export interface Shown {
  readonly picture: LocalPicture;
  /** The picture's `<img>` with its width and height, in pixels. */
  readonly tag: string;
  readonly isLinked: boolean;
  readonly isEarly: boolean;
  readonly addressesOf: (picture: LocalPicture) => Addresses;
}

/**
 * A `<picture>`, or a plain `<img>` where there is nothing to choose from. What is larger than its place is a link to itself in
 * full, over a placeholder where that helps.
 */
export function pictureMarkup(shown: Shown): string {
  const { picture, tag, addressesOf } = shown;
  const { fallback, largest } = addressesOf(picture);
  const sources = sourcesOf(shown);
  const image = withAttributes(tag, { src: fallback.url, ...lookOf(shown), ...loadingOf(shown) });
  const whole = sources ? `<picture>${sources}${image}</picture>` : image;
  return isEnlarged(shown)
    ? `<a class="zoom" href="${escapeHtml(largest)}">${placeholder(picture)}${whole}</a>`
    : whole;
}

/** On a dark page a photograph is dimmed, and what the page would shine through gets a light ground. */
function lookOf({ picture: { measured, dark }, tag }: Shown): { readonly class?: string } {
  if (dark || measured.followsScheme) return {};
  return { class: `${attributeOf(tag, "class")} ${measured.isOpaque ? "dim" : "ground"}`.trim() };
}

function loadingOf({ isEarly }: Shown): Readonly<Record<string, string>> {
  return isEarly ? { fetchpriority: "high" } : { loading: "lazy", decoding: "async" };
}

/** Worth it only for what is clearly larger than its place, and never within another link. */
function isEnlarged({ picture, isLinked }: Shown): boolean {
  return !isLinked && picture.measured.width > columnWidth * 1.1;
}

/** Fills the place of a photograph until it has come. Not for pairs, of which it would know only one. */
function placeholder({ measured, dark }: LocalPicture): string {
  return measured.tiny && !measured.isReady && !dark ? `<img class="tiny" alt="" src="${measured.tiny}">` : "";
}

/** Dark ones first: the browser takes the first that fits. */
function sourcesOf({ picture, addressesOf }: Shown): string {
  const sizes = sizesOf(picture.measured.width);
  const own = addressesOf(picture).sources.map((source) => sourceTag(source, { sizes }));
  if (!picture.dark) return own.join("");
  const { sources, fallback } = addressesOf(picture.dark);
  const more = { sizes, media: darkMedia, size: otherSize(picture.dark, picture) };
  return [...sources, { widths: [fallback] }].map((source) => sourceTag(source, more)).join("") + own.join("");
}

/** A dark picture of another shape keeps another place free. */
function otherSize({ measured: dark }: LocalPicture, { measured: light }: LocalPicture): Html | false {
  const isSame = dark.width === light.width && dark.height === light.height;
  return !isSame && html` width="${dark.width}" height="${dark.height}"`;
}

interface SourceAttributes {
  readonly sizes: string;
  readonly media?: string;
  readonly size?: Html | false;
}

function sourceTag({ type, widths }: Partial<Source> & Pick<Source, "widths">, more: SourceAttributes): string {
  const { media, sizes, size } = more;
  const isOne = widths.length === 1;
  const srcset = widths.map(({ url, width }) => (isOne ? url : `${url} ${width}w`)).join(", ");
  return html`<source${media && html` media="${media}"`}${type && html` type="${type}"`} srcset="${srcset}"${!isOne && html` sizes="${sizes}"`}${size}>`
    .markup;
}
