/** Whether a photograph says where it was taken. @see https://www.cipa.jp/std/documents/download_e.html?CIPA_DC-008-2024-E (Exif 3.0, 4.6) */

/** In the first directory, what points to the one of positions. */
const positionTag = 0x8825;
const entryBytes = 12;

/** `exif` begins with `Exif` or with the TIFF header. Anything malformed has no position. */
export function positionIn(exif: Uint8Array): boolean {
  const start = Buffer.from(exif.subarray(0, 6)).toString("latin1") === "Exif\0\0" ? 6 : 0;
  const view = new DataView(exif.buffer, exif.byteOffset + start, exif.byteLength - start);
  if (view.byteLength < 8) return false;
  const isLittleEndian = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, isLittleEndian);
  if (directory + 2 > view.byteLength) return false;
  for (let n = view.getUint16(directory, isLittleEndian), at = directory + 2; n > 0; n--, at += entryBytes) {
    if (at + entryBytes > view.byteLength) return false;
    if (view.getUint16(at, isLittleEndian) === positionTag) return true;
  }
  return false;
}
