/** Puts something else in the place of an article's pictures, without parsing its markup. */
import { escapeHtml, type Html, trusted } from "../html.ts";
import type { Span } from "../markdown/pictures.ts";
import type { ImageReference } from "../markdown/references.ts";

interface Pictured {
  readonly html: Html;
  readonly images: readonly ImageReference[];
}

/** `replace` gets a picture's tag. The spans of the images follow their tags. */
export function replacePictures<T extends Pictured>(
  article: T,
  replace: (tag: string, image: ImageReference) => string,
): T {
  const { markup } = article.html;
  const spans = new Map<ImageReference, Span>();
  let made = "";
  let end = 0;
  for (const image of article.images.toSorted(byPlace)) {
    if (!image.span) continue;
    made += markup.slice(end, image.span[0]);
    const tag = replace(markup.slice(...image.span), image);
    spans.set(image, [made.length, made.length + tag.length]);
    made += tag;
    end = image.span[1];
  }
  const images = article.images.map((image) => ({ ...image, span: spans.get(image) }));
  return { ...article, html: trusted(made + markup.slice(end)), images };
}

function byPlace(a: ImageReference, b: ImageReference): number {
  return (a.span?.[0] ?? 0) - (b.span?.[0] ?? 0);
}

/** The tag with these attributes, in place of those of the same name. */
export function withAttributes(tag: string, attributes: Readonly<Record<string, string | number>>): string {
  const kept = tag.replace(/ ([\w-]+)="[^"]*"/g, (whole, name: string) =>
    Object.hasOwn(attributes, name) ? "" : whole,
  );
  const added = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeHtml(String(value))}"`);
  return `${kept.slice(0, -1)}${added.join("")}>`;
}

/** As it is written, escaped; empty when the tag has none of that name. */
export function attributeOf(tag: string, name: string): string {
  return new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
}
