/** Calls the doors of functions/ as the platform does: the same Request in, the same Response out, in this process. */
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Config, Context } from "@netlify/functions";
import { doorNames } from "../build/functions.ts";

interface Door {
  readonly default: (request: Request, context: Context) => Promise<unknown>;
  readonly config?: Config & { readonly path?: string };
}

export interface FunctionsHost {
  /** The answer of the door whose path this is; `undefined` when there is none. Background functions are let run. */
  answer(request: Request, ip: string): Promise<Response | undefined>;
  /** Runs a scheduled function, as the platform's clock does. */
  runScheduled(name: string): Promise<void>;
}

export const noFunctions: FunctionsHost = { answer: async () => undefined, runScheduled: async () => {} };

/** Doors are imported anew at each call of this function, as far as the module cache lets them. */
export async function loadFunctions(root: string): Promise<FunctionsHost> {
  const doors = new Map<string, Door>();
  for (const name of await doorNames(root)) {
    doors.set(name, await import(pathToFileURL(path.join(root, "functions", `${name}.ts`)).href));
  }
  const doorAt = (pathname: string) => [...doors.values()].find(({ config }) => isAt(config?.path, pathname));
  const backgroundAt = (pathname: string) =>
    doors.get(/^\/\.netlify\/functions\/([\w-]+-background)$/.exec(pathname)?.[1] ?? "");
  return {
    async answer(request, ip) {
      const { pathname } = new URL(request.url);
      const background = backgroundAt(pathname);
      if (!background) return (await doorAt(pathname)?.default(request, contextOf(ip))) as Response | undefined;
      // The caller is answered at once, as the platform does: the body has to be read before.
      const { method, headers } = request;
      const body = method === "GET" || method === "HEAD" ? null : await request.arrayBuffer();
      void background.default(new Request(request.url, { method, headers, body }), contextOf(ip));
      return new Response(null, { status: 202 });
    },
    async runScheduled(name) {
      const body = JSON.stringify({ next_run: new Date().toISOString() });
      await doors
        .get(name)
        ?.default(new Request(`http://localhost/.netlify/functions/${name}`, { method: "POST", body }), contextOf(""));
    },
  };
}

/** Doors have a path, or one that ends in `*`. */
function isAt(address: string | undefined, pathname: string): boolean {
  return address?.endsWith("*") ? pathname.startsWith(address.slice(0, -1)) : address === pathname;
}

/** The part of the platform's context that doors use. */
function contextOf(ip: string): Context {
  return { ip, requestId: crypto.randomUUID() } as Context;
}
