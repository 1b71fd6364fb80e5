/** What is found in the files of pictures, good and bad. */
import { createHash } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { expect, test } from "vitest";
import { measure } from "../../../site/pictures/measure.ts";
import { animatedGif, drawn, jpeg, png, svg } from "./drawn.ts";

const photo = { width: 900, height: 600 };

test.each([
  ["JPEG", () => jpeg(photo), { format: "jpeg", width: 900, height: 600, isOpaque: true, isReady: false }],
  [
    "a photograph taken upright",
    () => drawn(photo).jpeg().withMetadata({ orientation: 6 }).toBuffer(),
    { width: 600, height: 900 },
  ],
  [
    "PNG through which the page shows",
    () => png({ ...photo, alpha: 120 }),
    { format: "png", isOpaque: false, tiny: undefined },
  ],
  [
    "PNG with an alpha channel that hides nothing",
    () => png({ ...photo, alpha: 255 }),
    { format: "png", isOpaque: true },
  ],
  ["WebP", () => drawn(photo).webp().toBuffer(), { format: "webp", isReady: false }],
  ["AVIF", () => drawn(photo).avif({ effort: 0 }).toBuffer(), { format: "avif", width: 900, isReady: false }],
  ["an animation, which stays one", () => animatedGif(), { format: "gif", width: 90, height: 60, isReady: true }],
  ["a small file, which cannot gain", () => png({ width: 20, height: 20 }), { format: "png", isReady: true }],
] as const)("measures %s", async (_title, file, expected) => {
  expect(await measure(await file())).toMatchObject(expected);
});

test("keeps an animated PNG as it is", async () => {
  const still = await png(photo);
  const control = chunk("acTL", Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]));
  const headerEnd = 8 + 25;
  const animated = Buffer.concat([still.subarray(0, headerEnd), control, still.subarray(headerEnd)]);
  expect(await measure(still)).toMatchObject({ isReady: false });
  expect(await measure(animated)).toMatchObject({ isReady: true });
});

test.each([
  ["a photograph", () => jpeg(photo)],
  ["a tower", () => jpeg({ width: 40, height: 1600 })],
  ["a horizon", () => jpeg({ width: 1600, height: 40 })],
  [
    "noise",
    () =>
      sharp(noise, { raw: { width: 12, height: 12, channels: 3 } })
        .png()
        .toBuffer(),
  ],
])("makes a placeholder of at most 200 bytes for %s", async (_title, file) => {
  const { tiny = "" } = (await measure(await file())) as { readonly tiny?: string };
  expect(tiny).toMatch(/^data:image\/webp;base64,[\w+/]+=*$/);
  expect(tiny.length).toBeLessThanOrEqual(200);
});

/** Nothing is harder to compress. */
const noise = createHash("shake256", { outputLength: 12 * 12 * 3 })
  .update("noise")
  .digest();

test.each([
  ["width and height", 'width="300" height="200"', { width: 300, height: 200 }],
  ["units of print", 'width="10cm" height="1in"', { width: 378, height: 96 }],
  ["its view box", 'viewBox="0 0 640 360"', { width: 640, height: 360 }],
  ["a view box with commas", 'viewBox="-5,-5,64.4,36"', { width: 64, height: 36 }],
  ["its width and the shape of its view box", 'width="320px" viewBox="0 0 640 360"', { width: 320, height: 180 }],
  [
    "its view box when it would fill its place",
    'width="100%" height="100%" viewBox="0 0 64 36"',
    { width: 64, height: 36 },
  ],
])("measures a drawing by %s", async (_title, attributes, size) => {
  expect(await measure(svg(attributes))).toMatchObject({ format: "svg", isReady: true, followsScheme: false, ...size });
});

test("sees that a drawing has colours for dark pages", async () => {
  const style = "<style>@media (prefers-color-scheme: dark) { path { stroke: #fff } }</style>";
  expect(await measure(svg('viewBox="0 0 9 9"', style))).toMatchObject({ followsScheme: true });
});

test("reads drawings whose program has entities of its own", async () => {
  const text =
    '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY ns "http://a.example/">]><svg viewBox="0 0 9 9" xmlns:x="&ns;"/>';
  expect(await measure(Buffer.from(text))).toMatchObject({ width: 9, height: 9 });
});

test.each([
  ["JPEG that is cut off", async () => half(await jpeg(photo)), "broken"],
  ["PNG that is cut off", async () => half(await png(photo)), "broken"],
  ["WebP that is cut off", async () => half(await drawn(photo).webp().toBuffer()), "broken"],
  ["an empty file", async () => Buffer.alloc(0), "broken"],
  ["a drawing that is cut off", async () => svg('viewBox="0 0 9 9"').subarray(0, -8), "broken"],
  ["a page of HTML", async () => Buffer.from("<!doctype html><html></html>"), "broken"],
  ["a drawing of no size", async () => svg(""), "sizeless"],
  ["a drawing of a share of its place", async () => svg('width="100%" height="50%"'), "sizeless"],
  ["text", async () => Buffer.from("no picture at all"), "format"],
  ["a photograph of a telephone", async () => Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"), "format"],
  ["TIFF", async () => drawn(photo).tiff().toBuffer(), "format"],
  ["a small file of billions of pixels", async () => bomb(50_000, 50_000), "huge"],
  ["what is higher than WebP can be", async () => bomb(300, 20_000), "huge"],
] as const)("refuses %s", async (_title, file, unusable) => {
  expect(await measure(await file())).toMatchObject({ unusable });
});

test.each([
  ["with a position", { IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 30/1 0/1" } }, true],
  ["without one", { IFD0: { Copyright: "A. Writer" } }, false],
])("sees whether a photograph says where it was taken: one %s", async (_title, exif, hasPosition) => {
  const bytes = await drawn(photo).jpeg().withExif(exif).toBuffer();
  expect(await measure(bytes)).toMatchObject({ hasPosition });
});

function half(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length / 2);
}

/** Says that it is large, and holds almost nothing. */
function bomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc(9))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
