/** Every answer of every door is made here, so that each carries the security headers. */
import type { Html } from "../../../site/html.ts";
import { securityHeaders } from "../../../site/publish/headers.ts";
import { fillShell } from "../../../site/publish/shell.ts";
import { shell } from "../page-shell.ts";
import type { Problem } from "./problem.ts";

type Headers = Readonly<Record<string, string>>;

interface Answer {
  readonly status: number;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly type?: string;
  readonly policy?: string;
  readonly headers?: Headers | undefined;
}

export interface Page {
  readonly status?: number;
  readonly title: string;
  /** Content of `<main>`, with its `<h1>`. */
  readonly main: Html;
  readonly headers?: Headers | undefined;
}

/** Policy of whatever is not a page: nothing may be loaded, framed or run. */
const closedPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A page in the site's own shell. */
export function page({ status = 200, title, main, headers }: Page): Response {
  const body = fillShell(shell.page, { title, main }).markup;
  return respond({ status, body, type: "text/html; charset=utf-8", policy: shell.contentSecurityPolicy, headers });
}

/** A page that the build made whole. */
export function wholePage(body: string, headers: Headers): Response {
  return respond({ status: 200, body, type: "text/html; charset=utf-8", policy: shell.contentSecurityPolicy, headers });
}

export function file(body: Uint8Array<ArrayBuffer>, type: string, headers: Headers): Response {
  return respond({ status: 200, body, type, headers });
}

export function json(status: number, value: unknown, headers?: Headers): Response {
  return respond({ status, body: JSON.stringify(value), type: "application/json", headers });
}

/** @see RFC 9457 §3 */
export function problemJson({ headers, ...problem }: Problem): Response {
  return respond({ status: problem.status, body: JSON.stringify(problem), type: "application/problem+json", headers });
}

/** 303 to a path of this site: a constant or one of the manifest, never made of input. */
export function seeOther(path: string): Response {
  return respond({ status: 303, headers: { Location: path } });
}

export function noContent(): Response {
  return respond({ status: 204 });
}

function respond({ status, body, type, policy = closedPolicy, headers = {} }: Answer): Response {
  return new Response(body ?? null, {
    status,
    headers: {
      ...(type && { "Content-Type": type }),
      "Content-Security-Policy": policy,
      ...securityHeaders,
      "Cross-Origin-Resource-Policy": "same-origin",
      "Cache-Control": "no-store",
      ...headers,
    },
  });
}
