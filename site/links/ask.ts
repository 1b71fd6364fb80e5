/** One request to a host elsewhere, and what came of it. */
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { text } from "node:stream/consumers";
import { isPrivate, privateTarget, publicLookup } from "./private-addresses.ts";

export interface Call {
  readonly method: "HEAD" | "GET";
  readonly url: URL;
  /** Reads the body; without it the connection ends behind the headers. */
  readonly withBody?: boolean;
}

export type Reply =
  | {
      readonly status: number;
      /** `Location` and `Retry-After` as sent. */
      readonly location: string | undefined;
      readonly retryAfter: string | undefined;
      /** Empty unless it was wanted. */
      readonly body: string;
    }
  /** The system's code: ENOTFOUND, ECONNREFUSED, CERT_HAS_EXPIRED …, or one of {@link ownFailures}. */
  | { readonly failure: string };

export const ownFailures = { timeout: "TIMEOUT", private: privateTarget, resting: "RESTING" } as const;

/** Never rejects. */
export type Ask = (call: Call) => Promise<Reply>;

export interface AskOptions {
  readonly userAgent: string;
  readonly timeoutMs: number;
  /** Asks this machine and its network too: for tests, whose hosts are here. */
  readonly mayBePrivate?: boolean;
}

export function askOver(options: AskOptions): Ask {
  return async (call) => {
    if (!options.mayBePrivate && isPrivate(call.url.hostname)) return { failure: ownFailures.private };
    try {
      const response = await responseTo(call, options);
      const body = call.withBody ? await text(response) : "";
      response.destroy();
      const { statusCode: status = 0, headers } = response;
      return { status, location: headers.location, retryAfter: headers["retry-after"], body };
    } catch (error) {
      return { failure: codeOf(error) };
    }
  };
}

function responseTo({ method, url }: Call, options: AskOptions): Promise<IncomingMessage> {
  const { userAgent, timeoutMs, mayBePrivate } = options;
  const { request } = url.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    request(url, {
      method,
      headers: { "user-agent": userAgent, accept: "*/*" },
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
      ...(mayBePrivate ? {} : { lookup: publicLookup }),
    })
      .on("error", reject)
      .on("response", resolve)
      .end();
  });
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "AbortError" || error.name === "TimeoutError") return ownFailures.timeout;
  return "code" in error && error.code ? String(error.code) : error.message;
}
