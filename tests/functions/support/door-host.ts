/** The built site and all doors on a port, in this process and without their clock: nothing happens but what is asked for. */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { readNetlifyRules } from "../../../build/netlify-rules.ts";
import { loadFunctions } from "../../../dev/functions-host.ts";
import { builtSite, root } from "../../setup/site.ts";

export interface DoorHost {
  /** Origin. */
  readonly url: string;
  /** What was asked for, `GET /path`, in order. */
  readonly asked: string[];
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

export async function openDoorHost(): Promise<DoorHost> {
  const functions = await loadFunctions(root);
  const built = (name: string) => readFile(path.join(builtSite, name), "utf8");
  const rules = await readNetlifyRules(root, { headers: await built("_headers"), redirects: "" });
  const host = { url: "", asked: [] as string[] };

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = "GET", headers, url = "/" } = incoming;
    const { pathname } = new URL(url, host.url);
    host.asked.push(`${method} ${pathname}`);
    const body = Buffer.concat(await incoming.toArray());
    const request = new Request(new URL(url, host.url), {
      method,
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
      ...(body.length > 0 && { body }),
    });
    const answer = await functions.answer(request, "198.51.100.1");
    if (answer)
      return void outgoing
        .writeHead(answer.status, Object.fromEntries(answer.headers))
        .end(Buffer.from(await answer.arrayBuffer()));
    const file = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    const content = await readFile(path.join(builtSite, file)).catch(() => undefined);
    const type = types[path.extname(file)] ?? "application/octet-stream";
    outgoing.writeHead(content ? 200 : 404, { ...rules.headersFor(pathname), "Content-Type": type }).end(content);
  }

  const server = createServer((incoming, outgoing) => void serve(incoming, outgoing)).listen(0, "127.0.0.1");
  await once(server, "listening");
  host.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(host, {
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  });
}
