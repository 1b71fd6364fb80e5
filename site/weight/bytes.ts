/** Bytes as they travel: compressed as a host's edge does it, with the headers of the answer. */
import { promisify } from "node:util";
import { brotliCompress, brotliDecompressSync, constants } from "node:zlib";
import { budgets } from "../budgets.ts";

const compress = promisify(brotliCompress);

/** Brotli at its most thorough: some 50 ms for a long article. */
export function brotli(content: string | Buffer): Promise<Buffer> {
  return compress(content, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(content),
    },
  });
}

/** What the edge of a host such as Netlify adds to the headers of a page. */
const edgeHeaders = {
  "accept-ranges": "bytes",
  age: "0",
  "cache-control": "public,max-age=0,must-revalidate",
  "cache-status": '"Netlify Edge"; fwd=miss',
  "content-encoding": "br",
  "content-length": "12345",
  "content-type": "text/html; charset=utf-8",
  date: "Thu, 01 Jan 1970 00:00:00 GMT",
  etag: `"${"0".repeat(32)}-ssl-df"`,
  server: "Netlify",
  vary: "Accept-Encoding",
  "x-nf-request-id": "01ABCDEFGHJKMNPQRSTVWXYZ00",
};

/** Of an answer with these headers of its own and those of the edge, as HTTP/1.1 writes them; HTTP/2 needs fewer. */
export function headerBytes(own: Readonly<Record<string, string>>): number {
  const headers = Object.entries({ ...edgeHeaders, ...own }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.byteLength(`HTTP/1.1 200 OK\r\n${headers.join("")}\r\n`);
}

/** The beginning of a page that its reader has after the first flight. `sent` is the page as {@link brotli}. */
export function firstFlightOf(sent: Buffer, headers: number): string {
  const arrived = sent.subarray(0, budgets.firstFlightBytes - headers);
  return brotliDecompressSync(arrived, { finishFlush: constants.BROTLI_OPERATION_FLUSH }).toString();
}
