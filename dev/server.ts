/** The local web server: the built site with live reload, the functions and the mailbox on one origin. */

import { once } from "node:events";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import EleventyDevServer from "@11ty/eleventy-dev-server";
import type { NetlifyRules } from "../build/netlify-rules.ts";
import type { FunctionsHost } from "./functions-host.ts";
import type { Mailbox } from "./mailbox.ts";
import { mailboxResponse } from "./mailbox-pages.ts";
import { reportPage, withOverlay } from "./overlay.ts";
import { openWindows } from "./windows.ts";

/** What the server answers from; the caller replaces parts of it as files change. */
export interface Served {
  functions: FunctionsHost;
  rules: NetlifyRules;
  /** Absent when mail goes to a real server. */
  readonly mailbox: Mailbox | undefined;
  /** The author's mistakes, shown over every page until they are mended. */
  report: string | undefined;
  /** Folder of the last good site, absolute. */
  readonly folder: string;
}

export interface WebServer {
  /** Pages are other ones now, by their paths, or all of them: browser windows that may show one load it again. */
  reload(pages?: readonly string[]): void;
  close(): Promise<void>;
}

/** `folder` is relative to the working directory. @throws `EADDRINUSE` when the port is taken */
export async function serve(folder: string, served: Served, host: string, port: number): Promise<WebServer> {
  const windows = openWindows(() => void server.reload({}));
  const server = EleventyDevServer.getServer("firstflight", folder, {
    portReassignmentRetryCount: 0,
    messageOnStart: () => "",
    middleware: [
      (request: IncomingMessage, response: ServerResponse, next: () => void) => {
        windows.asked(pathOf(request));
        return handle(served, request, response, next);
      },
    ],
    logger: { info() {}, log() {}, error() {} },
  });
  const http = server.server;
  // The dev server would throw from its own listener; the caller wants the error.
  http.removeAllListeners("error");
  // Told once the dev server has taken the window in.
  http.on("upgrade", () => void setTimeout(windows.listens, listeningMs));
  http.listen(port, host);
  await once(http, "listening");
  return { reload: windows.changed, close: () => server.close() };
}

/** Time for the handshake of a window that begins to listen. */
const listeningMs = 50;

function pathOf({ url = "/" }: IncomingMessage): string {
  const [path = "/"] = url.split("?", 1);
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

async function handle(
  served: Served,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  next: () => void,
): Promise<void> {
  const request = toRequest(incoming);
  const answer = await answerTo(served, request, clientAddress(incoming));
  if (answer) return send(answer, incoming, outgoing);
  const reported = await reportOver(served, request);
  if (reported !== undefined) {
    // Through the dev server's own end, so that the page gets its live reload; the policy of the site would forbid the report.
    Object.assign(outgoing, { isCustomErrorPage: true, statusCode: 500 });
    outgoing.setHeader("content-type", "text/html; charset=utf-8");
    return void outgoing.end(reported);
  }
  for (const [name, value] of Object.entries(served.rules.headersFor(new URL(request.url).pathname)))
    outgoing.setHeader(name, value);
  Object.assign(outgoing, { isCustomErrorPage: true });
  next();
}

async function answerTo(served: Served, request: Request, ip: string): Promise<Response | undefined> {
  const { pathname } = new URL(request.url);
  const redirect = served.rules.redirectFor(pathname);
  if (redirect) return new Response(null, { status: redirect.status, headers: { location: redirect.to } });
  if (served.mailbox && pathname.startsWith("/__mail")) {
    if (pathname === "/__mail") return new Response(null, { status: 301, headers: { location: "/__mail/" } });
    return mailboxResponse(served.mailbox, request);
  }
  const answer = await served.functions.answer(request, ip);
  if (answer) return answer;
  return undefined;
}

/** A page of the last good site under the report; nothing for anything that is no page, or while all is well. */
async function reportOver({ report, folder }: Served, request: Request): Promise<string | undefined> {
  const { pathname } = new URL(request.url);
  if (report === undefined || pathname.startsWith("/.11ty") || /\.[a-z0-9]+$/.test(pathname)) return undefined;
  const files = [path.join(folder, decodeURIComponent(pathname), "index.html"), path.join(folder, "404.html")];
  for (const file of files.filter((file) => file.startsWith(folder))) {
    const page = await readFile(file, "utf8").catch(() => undefined);
    if (page !== undefined) return withOverlay(page, report);
  }
  return reportPage(report);
}

function toRequest(incoming: IncomingMessage): Request {
  const { method = "GET", url = "/", headers } = incoming;
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(new URL(url, `http://${headers.host ?? "localhost"}`), {
    method,
    headers: pairs,
    ...(hasBody && { body: Readable.toWeb(incoming) as ReadableStream, duplex: "half" }),
  });
}

function clientAddress({ socket }: IncomingMessage): string {
  return (socket.remoteAddress ?? "").replace(/^::ffff:/, "");
}

async function send(answer: Response, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  // Answers of functions are final: nothing is injected into them.
  incoming.headers["sec-fetch-mode"] = "same-origin";
  Object.assign(outgoing, { isCustomErrorPage: true });
  outgoing.statusCode = answer.status;
  for (const [name, value] of answer.headers) outgoing.setHeader(name, value);
  if (!answer.body) return void outgoing.end();
  await pipeline(Readable.fromWeb(answer.body as import("node:stream/web").ReadableStream), outgoing).catch(() => {});
}
