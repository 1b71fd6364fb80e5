/** Pictures for tests, drawn from numbers: the same each time. */
import sharp, { type Sharp } from "sharp";

interface Wish {
  readonly width: number;
  readonly height: number;
  /** Of every pixel; opaque when absent. */
  readonly alpha?: number;
  /** Tells pictures of one size apart. */
  readonly seed?: number;
}

/** Soft colours with a little grain, as a photograph has them. */
export function drawn({ width, height, alpha, seed = 0 }: Wish): Sharp {
  const channels = alpha === undefined ? 3 : 4;
  const pixels = new Uint8Array(width * height * channels);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const grain = (x * 7919 + y * 104_729 + seed * 31) % 23;
      pixels[at++] = (200 * x) / width + grain;
      pixels[at++] = (200 * y) / height + grain;
      pixels[at++] = 90 + grain + seed;
      if (alpha !== undefined) pixels[at++] = alpha;
    }
  }
  return sharp(pixels, { raw: { width, height, channels } });
}

export function jpeg(wish: Wish): Promise<Buffer> {
  return drawn(wish).jpeg().toBuffer();
}

export function png(wish: Wish): Promise<Buffer> {
  return drawn(wish).png().toBuffer();
}

export async function animatedGif(): Promise<Buffer> {
  const frames = await Promise.all([0, 90].map((seed) => png({ width: 90, height: 60, seed })));
  return sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
}

export function svg(attributes: string, content = '<path d="M0 0h9"/>'): Buffer {
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${content}</svg>`);
}
