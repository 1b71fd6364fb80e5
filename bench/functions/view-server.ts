/**
 * The bundled door of the view counter on a port: `node view-server.ts BUNDLE`, with the functions' environment. It hands over
 * requests as the platform does, body read, and takes the client's address from a header, because all clients are this machine.
 * `GET /memory` collects garbage (`--expose-gc`) and says how much is left.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import type { Context } from "@netlify/functions";
import { openEmbedded } from "../../functions/lib/store/embedded.ts";
import { migrated } from "../../tests/setup/migrated.ts";

type Door = (request: Request, context: Context) => Promise<Response>;

const [, , bundle = "", folder] = process.argv;
if (folder) {
  // As npm start does: in this process.
  const embedded = await openEmbedded({ folder });
  await migrated(embedded.url);
  process.env["DATABASE_URL"] = embedded.url;
}
const { default: door } = (await import(pathToFileURL(bundle).href)) as { default: Door };

const server = createServer((incoming, outgoing) => {
  if (incoming.url === "/memory") return void outgoing.end(JSON.stringify(memory()));
  void serve(incoming, outgoing);
}).listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ port, databaseUrl: process.env["DATABASE_URL"] }));
});

async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { method = "GET", headers, url = "/" } = incoming;
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const request = new Request(`http://${headers.host}${url}`, {
    method,
    headers: headers as Record<string, string>,
    ...(method === "POST" && { body: Buffer.concat(chunks) }),
  });
  const response = await door(request, { ip: headers["x-address"], requestId: "bench" } as unknown as Context);
  outgoing.writeHead(response.status, [...response.headers].flat());
  if (response.body) outgoing.write(Buffer.from(await response.arrayBuffer()));
  outgoing.end();
}

function memory(): { readonly rss: number; readonly heapUsed: number } {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heapUsed };
}
