/** Drawings and pictures as PNG for mails. Loaded only when there is one to make. */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { inflateSync } from "node:zlib";
import { renderAsync } from "@resvg/resvg-js";
import { fontFiles, plainLine } from "../../cards/letters.ts";
import { light } from "./palette.ts";

/** PNG of a drawing, `width` pixels wide, on the ground of the page. The same drawing gives the same bytes. */
export async function drawSvg(svg: string, width: number): Promise<Uint8Array> {
  const letters = plainLine(svg.replace(/<[^>]*>/g, " "));
  const files = await Promise.all([...fontFiles(letters, "source-sans-3").values()].map(openFont));
  const image = await renderAsync(svg, {
    fitTo: { mode: "width", value: width },
    background: light.paper,
    font: { loadSystemFonts: false, fontFiles: files, defaultFontFamily: "Source Sans 3" },
  });
  return image.asPng();
}

/** PNG of what a file of the project holds, for clients that know neither its format nor SVG. Of an animation its first picture. */
export async function makePng(bytes: Uint8Array, width: number): Promise<Uint8Array> {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString("latin1");
  if (/<svg[\s>]/.test(head) || /^\s*<(?:\?xml|!--|!DOCTYPE)/.test(head))
    return drawSvg(Buffer.from(bytes).toString(), width);
  const { default: sharp } = await import("sharp");
  return sharp(bytes).rotate().resize({ width, withoutEnlargement: true }).png().toBuffer();
}

/** The renderer reads OpenType from files, and the packages bring WOFF: unpacked, once a process. */
const opened = new Map<string, Promise<string>>();

function openFont(woff: string): Promise<string> {
  const file = opened.get(woff) ?? unpack(woff);
  opened.set(woff, file);
  return file;
}

async function unpack(woff: string): Promise<string> {
  const folder = path.join(tmpdir(), `firstflight-fonts-${process.pid}`);
  const file = path.join(folder, `${path.basename(woff, ".woff")}.ttf`);
  await mkdir(folder, { recursive: true });
  await writeFile(`${file}.part`, sfntOf(await readFile(woff)));
  await rename(`${file}.part`, file);
  return file;
}

const headerBytes = 12;
const entryBytes = 16;

/**
 * A WOFF 1.0 file as the OpenType font that it packs: the same tables, each inflated where it is deflated.
 * @see https://www.w3.org/TR/WOFF/
 * @throws when it is no such file
 */
export function sfntOf(woff: Buffer): Buffer {
  if (woff.toString("latin1", 0, 4) !== "wOFF") throw new Error("the font is no WOFF file");
  const count = woff.readUInt16BE(12);
  const head = Buffer.alloc(headerBytes + entryBytes * count);
  const power = 2 ** Math.floor(Math.log2(count));
  head.writeUInt32BE(woff.readUInt32BE(4), 0);
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(power * entryBytes, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE((count - power) * entryBytes, 10);
  const tables: Buffer[] = [];
  let offset = head.length;
  for (let at = 0; at < count; at += 1) {
    const entry = 44 + 20 * at;
    const [start, packed, size] = [4, 8, 12].map((skip) => woff.readUInt32BE(entry + skip)) as [number, number, number];
    const content = woff.subarray(start, start + packed);
    const table = Buffer.alloc(Math.ceil(size / 4) * 4);
    (packed < size ? inflateSync(content) : content).copy(table);
    const place = headerBytes + entryBytes * at;
    woff.copy(head, place, entry, entry + 4);
    woff.copy(head, place + 4, entry + 16, entry + 20);
    head.writeUInt32BE(offset, place + 8);
    head.writeUInt32BE(size, place + 12);
    tables.push(table);
    offset += table.length;
  }
  return Buffer.concat([head, ...tables]);
}
