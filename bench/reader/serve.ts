/** A built site on loopback as its host sends it: its headers, brotli, its 404 page, and a view counter that nobody has touched. */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import path from "node:path";
import type { NetlifyRules } from "../../build/netlify-rules.ts";
import { brotli } from "../../site/weight/bytes.ts";

export interface Host {
  readonly origin: string;
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
  ".avif": "image/avif",
  ".png": "image/png",
  ".webp": "image/webp",
};

/** `folder` is absolute; `onRequest` sees every request before its answer. */
export async function serveSite(
  folder: string,
  rules: NetlifyRules,
  onRequest: (request: IncomingMessage) => void = () => {},
): Promise<Host> {
  const sent = new Map<string, Promise<Buffer>>();
  const server = createServer((request, response) => {
    onRequest(request);
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === "/api/views") return void counter(request.method, response);
    void send(decodeURIComponent(pathname), response);
  });
  const send = async (pathname: string, response: ServerResponse) => {
    const file = path.join(folder, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    const found = file.startsWith(folder + path.sep) ? await readFile(file).catch(() => undefined) : undefined;
    const content = found ?? (await readFile(path.join(folder, "404.html")));
    const type = types[found ? path.extname(file) : ".html"] ?? "application/octet-stream";
    const isText = /^text|json|xml/.test(type);
    if (isText && !sent.has(file)) sent.set(file, brotli(content));
    response.writeHead(found ? 200 : 404, {
      "Content-Type": type,
      ...(isText && { "Content-Encoding": "br" }),
      ...rules.headersFor(pathname),
    });
    response.end((await sent.get(file)) ?? content);
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { origin: `http://localhost:${address.port}`, close };
}

function counter(method: string | undefined, response: ServerResponse): void {
  response.writeHead(method === "POST" ? 204 : 200, { "Content-Type": "application/json" });
  response.end(method === "POST" ? undefined : "{}");
}
