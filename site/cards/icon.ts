/** The site's icon for those who know no SVG: telephones that keep a page among their programs. */
import { type RenderedImage, renderAsync } from "@resvg/resvg-js";

/** What a launcher may cut off leaves a circle of this share of the side. @see https://www.w3.org/TR/appmanifest/#icon-masks */
const safeShare = 0.8;
/** A square that fits into that circle. */
const safeSquareShare = safeShare / Math.SQRT2;

export interface IconWish {
  /** Pixels, square. */
  readonly side: number;
  /** `#rrggbb` that shows where the icon lets light through. Absent: it stays so. */
  readonly background?: string | undefined;
}

/** PNG. `svg` is square. */
export async function drawIcon(svg: string, { side, background }: IconWish): Promise<Uint8Array> {
  return (await draw(svg, side, background)).asPng();
}

/**
 * PNG without a transparent pixel, of which a circle may be cut. An icon that has a ground of its own is made smaller on more
 * of that; one that has none is put whole into the circle, on `background`.
 */
export async function drawMaskableIcon(svg: string, { side, background }: Required<IconWish>): Promise<Uint8Array> {
  const ground = groundOf(await draw(svg, side, undefined));
  const inner = Math.round(side * (ground ? safeShare : safeSquareShare));
  const before = Math.floor((side - inner) / 2);
  const placed = svg.replace(/<svg\b([^>]*)>/, (_, attributes: string) => {
    const others = attributes.replace(/\s(?:x|y|width|height)="[^"]*"/g, "");
    return `<svg${others} x="${before}" y="${before}" width="${inner}" height="${inner}">`;
  });
  const padded = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}">${placed}</svg>`;
  return (await draw(padded, side, ground ?? background)).asPng();
}

function draw(svg: string, side: number, background: string | undefined): Promise<RenderedImage> {
  return renderAsync(svg, { fitTo: { mode: "width", value: side }, ...(background && { background }) });
}

/** The one colour, `#rrggbb`, of the middles of all four edges. */
function groundOf({ pixels, width, height }: RenderedImage): string | undefined {
  const [x, y, right, bottom] = [width >> 1, height >> 1, width - 1, height - 1];
  const middles = [
    [x, 0],
    [right, y],
    [x, bottom],
    [0, y],
  ] as const;
  const colours = middles.map(([left, top]) =>
    pixels
      .subarray((top * width + left) * 4)
      .subarray(0, 4)
      .toString("hex"),
  );
  const [first = ""] = colours;
  return first.endsWith("ff") && colours.every((colour) => colour === first) ? `#${first.slice(0, 6)}` : undefined;
}
