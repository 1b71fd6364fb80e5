/** Servers on this machine that play hosts of the web, and write down what they were asked. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface PlayedHost {
  readonly origin: string;
  /** `HEAD /path`, in the order of arrival. */
  readonly seen: string[];
  readonly userAgents: ReadonlySet<string | undefined>;
  /** The most requests that were open at one time. */
  most(): number;
}

/** Status, headers, body. */
export type Played = readonly [status: number, headers?: Readonly<Record<string, string>>, body?: string];
/** A function may keep the request waiting, or answer by itself and give nothing. */
export type Part =
  | Played
  | ((request: IncomingMessage, response: ServerResponse) => Promise<Played> | Played | undefined);

/** Parts by `METHOD /path` or `/path`; 404 for the rest. */
export async function playHost(parts: Readonly<Record<string, Part>>): Promise<PlayedHost> {
  const seen: string[] = [];
  const userAgents = new Set<string | undefined>();
  let [open, most] = [0, 0];
  const server = createServer(async (request, response) => {
    seen.push(`${request.method} ${request.url}`);
    userAgents.add(request.headers["user-agent"]);
    most = Math.max(most, ++open);
    response.on("close", () => open--);
    const [path = ""] = (request.url ?? "").split("?");
    const part = parts[`${request.method} ${path}`] ?? parts[path] ?? [404];
    const played = typeof part === "function" ? await part(request, response) : part;
    if (played) response.writeHead(played[0], played[1]).end(played[2]);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, seen, userAgents, most: () => most };
}

/** Where nobody listens. */
export async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** An archive with one copy, of every address that has `copied` in it. */
export function playArchive(): Promise<PlayedHost> {
  return playHost({
    "/available": ({ url = "" }) => {
      const closest = { available: true, url: "http://web.archive.org/web/2020/http://copy/", status: "200" };
      return [200, {}, JSON.stringify({ archived_snapshots: url.includes("copied") ? { closest } : {} })];
    },
  });
}
