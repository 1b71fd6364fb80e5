/** The built site on a port, with the real view counter behind `/api/views`, which a test can make fail in every way. */
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { Context } from "@netlify/functions";
import postgres from "postgres";
import { readNetlifyRules } from "../../../build/netlify-rules.ts";
import { closeServices } from "../../../functions/lib/services.ts";
import { openEmbedded } from "../../../functions/lib/store/embedded.ts";
import views from "../../../functions/views.ts";
import { migrated } from "../../setup/migrated.ts";
import { builtSite, root } from "../../setup/site.ts";

export const states = ["up", "refuses", "breaks off", "is not there", "is silent"] as const;

export interface CounterSite {
  readonly url: string;
  readonly sql: postgres.Sql;
  state: (typeof states)[number];
  /** What was asked of the counter, `GET` and `POST`, in order. */
  readonly asked: string[];
  /** Pages that were fetched, with what the browser said it wants them for. */
  readonly pages: { readonly url: string; readonly purpose: string }[];
  /** Pages of the test's own, by path. */
  readonly own: Map<string, string>;
  /** Lets a request for this path wait until the returned function is called. */
  hold(path: string): () => void;
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
};

export async function openCounterSite(): Promise<CounterSite> {
  const database = await openEmbedded();
  await migrated(database.url);
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  const built = (name: string) => readFile(path.join(builtSite, name), "utf8");
  const rules = await readNetlifyRules(root, { headers: await built("_headers"), redirects: "" });
  const held = new Map<string, Promise<void>>();
  const site = { state: "up", asked: [], pages: [], own: new Map(), sql } as unknown as CounterSite;

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { pathname } = new URL(incoming.url ?? "/", "http://site");
    if (pathname === "/api/views") return counter(site, incoming, outgoing);
    await held.get(pathname);
    const own = site.own.get(pathname);
    const file = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    const body = own ?? (await readFile(path.join(builtSite, file)).catch(() => undefined));
    if (file.endsWith(".html")) {
      site.pages.push({ url: pathname, purpose: String(incoming.headers["sec-purpose"] ?? "") });
    }
    if (own === undefined)
      for (const [name, value] of Object.entries(rules.headersFor(pathname))) outgoing.setHeader(name, value);
    outgoing.setHeader("Content-Type", types[path.extname(file)] ?? "application/octet-stream");
    outgoing.writeHead(body === undefined ? 404 : 200).end(body);
  }

  const server = createServer((incoming, outgoing) => void serve(incoming, outgoing)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    SMTP_URL: "smtp://127.0.0.1:1",
    MAIL_FROM: "blog@exactly-once.example",
    CONTACT_TO: "owner@exactly-once.example",
    TOKEN_KEYS: `t1:${Buffer.alloc(32, 7).toString("base64url")}`,
    SITE_URL: url,
  });
  return Object.assign(site, {
    url,
    hold(path: string) {
      const { promise, resolve } = Promise.withResolvers<void>();
      held.set(path, promise);
      return resolve;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await closeServices();
      await sql.end();
      await database.close();
    },
  });
}

async function counter(site: CounterSite, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { method = "GET", headers, url = "/" } = incoming;
  site.asked.push(method);
  if (site.state === "is silent") return;
  if (site.state === "breaks off") return void incoming.socket.destroy();
  if (site.state === "is not there") return void outgoing.writeHead(404).end("<!doctype html>Not found");
  if (site.state === "refuses") return void outgoing.writeHead(503, { "Retry-After": "60" }).end("{}");
  const chunks = await incoming.toArray();
  const request = new Request(new URL(url, site.url), {
    method,
    headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
    ...(method === "POST" && { body: Buffer.concat(chunks) }),
  });
  const answer = await views(request, { ip: "198.51.100.1", requestId: "1" } as Context);
  // No copy of the counts may stay in the browser from one test to the next.
  const headersOfAnswer = { ...Object.fromEntries(answer.headers), "cache-control": "no-store" };
  outgoing.writeHead(answer.status, headersOfAnswer).end(Buffer.from(await answer.arrayBuffer()));
}
