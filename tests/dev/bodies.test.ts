/** Bodies of a size or a speed that nobody wants, over the wire. */
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runStart, type Started, temporaryFolder } from "./run-start.ts";

let data: Awaited<ReturnType<typeof temporaryFolder>>;
let site: Started;

beforeAll(async () => {
  data = await temporaryFolder();
  site = await runStart({ dataDirectory: data.path });
});
afterAll(async () => {
  site?.process.kill("SIGTERM");
  await site?.exit;
  await data?.remove();
});

const head = "POST /api/contact HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n";

/** The status of the answer to what is written, piece by piece. */
async function statusOf(pieces: Iterable<string>): Promise<number> {
  const socket = connect(site.port, "localhost").on("error", () => {});
  const status = new Promise<number>((resolve) => {
    let text = "";
    socket.setEncoding("latin1").on("data", (chunk) => {
      text += chunk;
      const [, code] = /^HTTP\/1\.1 (\d{3})/.exec(text) ?? [];
      if (code) resolve(Number(code));
    });
    socket.on("close", () => resolve(0));
  });
  Readable.from(pieces).pipe(socket, { end: false });
  const found = await status;
  socket.destroy();
  return found;
}

function* withLength(bytes: number): Generator<string> {
  yield `${head}Content-Length: ${bytes}\r\n\r\nmessage=`;
  for (let left = bytes - 8; left > 0; left -= 10_000) yield "a".repeat(Math.min(left, 10_000));
}

function* chunked(bytes: number): Generator<string> {
  yield `${head}Transfer-Encoding: chunked\r\n\r\n8\r\nmessage=\r\n`;
  for (let left = bytes - 8; left > 0; left -= 10_000) yield `2710\r\n${"a".repeat(10_000)}\r\n`;
  yield "0\r\n\r\n";
}

/** Of the process of the site, in kB; absent where the system does not tell. */
async function residentKb(): Promise<number | undefined> {
  const status = await readFile(`/proc/${site.process.pid}/status`, "utf8").catch(() => "");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) || undefined;
}

test.each([100_000, 1_000_000, 10_000_000])("refuses %d bytes with 413, with and without a length", async (bytes) => {
  expect(await statusOf(withLength(bytes))).toBe(413);
  expect(await statusOf(chunked(bytes))).toBe(413);
});

test("does not grow by large bodies", async () => {
  for (let n = 0; n < 5; n += 1) await statusOf(chunked(10_000_000));
  const before = await residentKb();
  for (let n = 0; n < 15; n += 1) expect(await statusOf(chunked(10_000_000))).toBe(413);
  const after = await residentKb();
  // Garbage that is not collected yet comes and goes; the bodies together are 150 MB.
  if (before && after) expect(after - before).toBeLessThan(40_000);
});

test("does not wait for a body that trickles in, and answers others meanwhile", async () => {
  const trickling = statusOf([`${head}Content-Length: 1000\r\n\r\nmess`]);
  await wait(500);
  const body = new URLSearchParams({ name: "Ada", email: "ada@example.org", message: "Meanwhile" });
  const other = await fetch(`${site.url}/api/contact`, { method: "POST", body, redirect: "manual" });
  expect(other.status).toBe(303);
  expect(await trickling).toBe(408);
});
