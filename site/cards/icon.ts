/** The site's icon for those who know no SVG: telephones that keep a page among their programs. */
import { renderAsync } from "@resvg/resvg-js";

/** Pixels, square. @see https://developer.apple.com/design/human-interface-guidelines/app-icons */
const side = 180;
/** Telephones make black of what shines through. */
const background = "#fdfcf9";

/** PNG. `svg` is square. */
export async function drawIcon(svg: string): Promise<Uint8Array> {
  const image = await renderAsync(svg, { fitTo: { mode: "width", value: side }, background });
  return image.asPng();
}
