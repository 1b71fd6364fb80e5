/** Runs a door: its methods, HEAD, the request id, and the answer of last resort. */
import type { Context } from "@netlify/functions";
import { ConfigError } from "../config.ts";
import { errorFields, inRequest, log } from "../log.ts";
import { DatabaseDown } from "../store/database.ts";
import { type Call, callOf } from "./call.ts";
import { broken, type Problem, unavailable, wrongMethod } from "./problem.ts";

type Handler = (call: Call) => Promise<Response> | Response;

/** What a door answers to, HEAD coming with GET, and in which form it refuses the rest. */
export interface Methods {
  readonly refuse: (call: Call, problem: Problem) => Response;
  readonly GET?: Handler;
  readonly POST?: Handler;
}

/** Never rejects: what a handler throws becomes a 503 or 500 that says nothing of the inside. */
export async function answer(request: Request, context: Context, methods: Methods): Promise<Response> {
  const call = callOf(request, context);
  return inRequest(call.requestId, async () => {
    const response = await run(call, methods).catch((error) => methods.refuse(call, lastResort(error)));
    response.headers.set("X-Request-Id", call.requestId);
    if (isSecret(call.url)) response.headers.set("Referrer-Policy", "same-origin");
    if (response.status >= 400) note(call, response.status);
    return request.method === "HEAD" ? new Response(null, response) : response;
  });
}

/** An address that lets in whoever has it: no other site learns it, whatever the answer is. */
function isSecret({ pathname, searchParams }: URL): boolean {
  return searchParams.has("token") || pathname.startsWith("/preview/");
}

async function run(call: Call, methods: Methods): Promise<Response> {
  const method = call.request.method === "HEAD" ? "GET" : call.request.method;
  const handler = method === "GET" || method === "POST" ? methods[method] : undefined;
  if (handler) return handler(call);
  const allowed = [methods.GET && "GET, HEAD", methods.POST && "POST"].filter(Boolean).join(", ");
  return methods.refuse(call, wrongMethod(allowed));
}

let configurationNoted = false;

function lastResort(error: unknown): Problem {
  if (error instanceof ConfigError) {
    // Its message names keys, no values; once is enough, the next requests only repeat it.
    if (!configurationNoted) log("error", "configuration refused", { reason: error.message });
    configurationNoted = true;
    return unavailable;
  }
  log("error", "request failed", errorFields(error));
  return error instanceof DatabaseDown ? unavailable : broken;
}

/** The path is a door's own, the platform routes no other here; the query, and what follows `/preview/`, may be a token. */
function note({ url }: Call, status: number): void {
  const path = url.pathname.startsWith("/preview/") ? "/preview/" : url.pathname;
  log(status < 500 ? "warn" : "error", "request refused", { path, status });
}
