/** Zips that may come from anywhere: nothing is written under their names, and no more is unpacked than they may hold. */
import { type UnzipFileInfo, unzipSync } from "fflate";

export interface Unzipped {
  /** Contents by their paths in the zip, in their order. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** What was not read, by its path in the zip; empty for the zip as a whole. */
  readonly refused: readonly { readonly name: string; readonly problem: string }[];
}

/** All files that are read, unpacked. Posts are texts: a hundred long books fit in. */
export const maxUnpackedBytes = 256 * 1024 * 1024;

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/** Unpacks the files whose names are wanted. */
export function unzip(bytes: Uint8Array, wanted: (name: string) => boolean): Unzipped {
  const refused: { name: string; problem: string }[] = [];
  const chosen = new Set<string>();
  let left = maxUnpackedBytes;
  const choose = ({ name, originalSize, size }: UnzipFileInfo) => {
    if (!wanted(name) || chosen.has(name)) return false;
    const problem = leadsOut(name) ?? isBomb(size, originalSize, left);
    if (problem) refused.push({ name, problem });
    else chosen.add(name);
    left -= problem ? 0 : originalSize;
    return problem === undefined;
  };
  const files = new Map<string, Uint8Array>();
  try {
    // What it says of itself comes first: a zip that was cut off says nothing.
    unzipSync(bytes, { filter: (info) => choose(info) && false });
  } catch (error) {
    return { files, refused: [{ name: "", problem: `the zip cannot be read: ${reasonOf(error)}` }] };
  }
  // All at once, and each by itself only when one of them is broken.
  for (const name of unpack(bytes, chosen, files) ? [] : chosen) {
    if (!unpack(bytes, new Set([name]), files)) refused.push({ name, problem: "it cannot be unpacked" });
  }
  return { files, refused };
}

/** Whether none of them is broken. */
function unpack(bytes: Uint8Array, names: ReadonlySet<string>, into: Map<string, Uint8Array>): boolean {
  try {
    const content = unzipSync(bytes, { filter: ({ name }) => names.has(name) });
    for (const [name, file] of Object.entries(content)) into.set(name, file);
    return true;
  } catch {
    return false;
  }
}

function leadsOut(name: string): string | undefined {
  const isOutside = /^(?:[\\/]|[a-z]:)|(?:^|[\\/])\.\.(?:[\\/]|$)|\\|\0/i.test(name);
  return isOutside ? "its name leads out of the zip" : undefined;
}

/** Packed text is never larger than the text. Who says so hides what it unpacks to. */
function isBomb(size: number, originalSize: number, left: number): string | undefined {
  if (originalSize > left) return `there are more than ${maxUnpackedBytes / 1024 / 1024} MB to unpack`;
  return size > originalSize * 1.1 + 1024 ? "its size is not what the zip says" : undefined;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
