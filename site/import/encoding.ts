/** Bytes of old files to text: UTF-8, UTF-16 with its mark, and Windows-1252 for what is neither. */

export interface Decoded {
  /** Without a byte-order mark; line ends are kept. */
  readonly text: string;
  /** Absent when the file was UTF-8, as it should be. */
  readonly encoding?: string;
}

export function decodeText(bytes: Uint8Array): Decoded {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decodedAs("utf-16le", bytes);
  if (first === 0xfe && second === 0xff) return decodedAs("utf-16be", bytes);
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return decodedAs("windows-1252", bytes);
  }
}

function decodedAs(encoding: string, bytes: Uint8Array): Decoded {
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}
