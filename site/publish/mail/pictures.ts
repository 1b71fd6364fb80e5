/** Pictures as mail clients show them: JPEG, PNG or GIF of the own site, and PNG in the place of every drawing. */
import { createHash } from "node:crypto";
import type { HTMLElement } from "node-html-parser";
import { missingLetter } from "../../cards/letters.ts";
import { madeAddress, publishedAddresses } from "../../pictures/addresses.ts";
import type { LocalPicture } from "../../pictures/local-picture.ts";
import { pinnedVersions } from "../../pinned-versions.ts";
import { columnWidth, light } from "./palette.ts";
import { plotDrawing } from "./plot-drawing.ts";
import { absoluteAddress } from "./tree.ts";

export interface MailPicture {
  /** Absolute. */
  readonly url: string;
  /** CSS pixels; absent where nobody knows. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

export interface DrawnPicture extends MailPicture {
  readonly alt: string;
}

/** A file that has to be made for mails: PNG. */
export interface MadePicture {
  /** Path from the origin. */
  readonly url: string;
  /** Pixels of the file. */
  readonly width: number;
  /** A drawing of the article, whole and in its colours, or a file of the project. */
  readonly from: { readonly svg: string } | { readonly file: string };
}

export interface MailPictures {
  /** Absent for one that is not of this site. */
  of(image: HTMLElement): MailPicture | undefined;
  /** Absent for a drawing without a size, and for one with letters that our fonts do not have. */
  drawn(svg: HTMLElement): DrawnPicture | undefined;
  /** The same for a chart's figure. */
  plotted(figure: HTMLElement): DrawnPicture | undefined;
  /** What these have named so far and nobody has made yet, by its address. */
  readonly made: ReadonlyMap<string, MadePicture>;
}

interface Whose {
  readonly siteUrl: string;
  /** Of the article, absolute. */
  readonly pageUrl: string;
  readonly pictures: Iterable<LocalPicture>;
}

/** Change it when draw.ts draws something else. */
const revision = 1;
/** Pixels of a file for one of the mail. */
const density = 2;

export function mailPictures({ siteUrl, pageUrl, pictures }: Whose): MailPictures {
  const made = new Map<string, MadePicture>();
  const known = new Map<string, LocalPicture>();
  for (const picture of pictures) {
    // Pages name the published file, a preview the author's own.
    for (const src of [picture.src, publishedAddresses(picture).fallback.url])
      known.set(absolute(src, pageUrl), picture);
  }
  return {
    made,
    of(image) {
      const address = absoluteAddress(image.getAttribute("src"), pageUrl);
      if (!address?.startsWith(`${siteUrl}/`)) return undefined;
      const [width, height] = [numberOf(image, "width"), numberOf(image, "height")];
      const picture = known.get(address);
      if (!picture || /\.(?:jpe?g|png|gif)$/i.test(new URL(address).pathname)) return { url: address, width, height };
      const { measured, file } = picture;
      const isDrawing = measured.format === "svg";
      const pixels = isDrawing
        ? Math.min(measured.width, columnWidth) * density
        : Math.min(measured.width, columnWidth * density);
      const url = madeAddress(picture, `${Math.round(pixels)}.png`);
      made.set(url, { url, width: Math.round(pixels), from: { file } });
      return { url: siteUrl + url, width: width ?? measured.width, height: height ?? measured.height };
    },
    drawn(svg) {
      const size = sizeOf(svg);
      const alt = svg.getAttribute("aria-label") ?? svg.querySelector("title")?.text ?? "Drawing";
      const box = svg.getAttribute("viewBox") ?? `0 0 ${size?.width} ${size?.height}`;
      return size && draw({ ...size, alt, box, fill: svg.getAttribute("fill") ?? "#000", content: svg.innerHTML });
    },
    plotted(figure) {
      const plot = plotDrawing(figure);
      return plot && draw({ ...plot, box: `0 0 ${plot.width} ${plot.height}`, fill: "currentColor" });
    },
  };

  function draw(drawing: Drawing): DrawnPicture | undefined {
    if (missingLetter(drawing.content.replace(/<[^>]*>/g, " "), "source-sans-3")) return undefined;
    const width = Math.round(Math.min(drawing.width, columnWidth));
    const svg = wholeSvg(drawing);
    const url = `/assets/img/drawing-${nameOf(svg, width)}.png`;
    made.set(url, { url, width: width * density, from: { svg } });
    const height = Math.round((drawing.height * width) / drawing.width);
    return { url: siteUrl + url, width, height, alt: drawing.alt };
  }
}

interface Drawing extends Size {
  readonly alt: string;
  /** Value of `viewBox`. */
  readonly box: string;
  readonly fill: string;
  /** What stands within `<svg>`. */
  readonly content: string;
}

function absolute(src: string, pageUrl: string): string {
  return absoluteAddress(src, pageUrl) ?? "";
}

function nameOf(svg: string, width: number): string {
  const drawn = JSON.stringify([
    revision,
    pinnedVersions(["@resvg/resvg-js", "@fontsource/source-sans-3"]),
    width,
    svg,
  ]);
  return createHash("sha256").update(drawn).digest("hex").slice(0, 16);
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Shares of a place's width are no size: there is no place. */
function sizeOf(svg: HTMLElement): Size | undefined {
  const [, , boxWidth, boxHeight] = (svg.getAttribute("viewBox") ?? "").split(/[\s,]+/).map(Number);
  const [width = boxWidth, height = boxHeight] = [numberOf(svg, "width"), numberOf(svg, "height")];
  return width && height ? { width, height } : undefined;
}

function numberOf(element: HTMLElement, name: string): number | undefined {
  const written = element.getAttribute(name) ?? "";
  return /^\d+(?:\.\d+)?(?:px)?$/.test(written) ? Number.parseFloat(written) : undefined;
}

const colours: Readonly<Record<string, string>> = {
  paper: light.paper,
  surface: light.surface,
  line: light.line,
  quiet: light.quiet,
  accent: light.accent,
  ink: light.ink,
};

/** A drawing that needs no page around it: its colours are named, and a font with room for its letters. */
function wholeSvg({ box, width, height, fill, content }: Drawing): string {
  const inner = content.replace(
    /var\(--([\w-]+),([^)]*)\)/g,
    (_, name: string, other: string) => colours[name] ?? other,
  );
  const ink = `color="${light.ink}" fill="${fill}" font-family="Source Sans 3"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${width}" height="${height}" ${ink}>${withPlainMarkers(inner)}</svg>`;
}

/** The renderer does not turn markers around at the beginning of a line: there they are markers of their own, turned. */
function withPlainMarkers(markup: string): string {
  const turned = new Set<string>();
  const markers = markup.replace(
    /<marker ([^>]*)orient="auto-start-reverse"([^>]*)>(.*?)<\/marker>/gs,
    (_, before: string, after: string, shape: string) => {
      const [id = "", x = "0", y = "0"] = [/id="([^"]*)"/, /refX="([^"]*)"/, /refY="([^"]*)"/].map(
        (pattern) => pattern.exec(before + after)?.[1],
      );
      turned.add(id);
      const attributes = `${before}orient="auto"${after}`;
      const start = attributes.replace(`id="${id}"`, `id="${id}-start" overflow="visible"`);
      return `<marker ${attributes}>${shape}</marker><marker ${start}><g transform="rotate(180 ${x} ${y})">${shape}</g></marker>`;
    },
  );
  return markers.replace(/marker-start="url\(#([^"]*)\)"/g, (whole, id: string) =>
    turned.has(id) ? `marker-start="url(#${id}-start)"` : whole,
  );
}
