/** Sends a request to a door as the platform would, without a port. */
import type { Context } from "@netlify/functions";
import { expect } from "vitest";
import { securityHeaders } from "../../../site/publish/headers.ts";
import { siteUrl } from "./environment.ts";
import { noteSent } from "./logs.ts";

type Door = (request: Request, context: Context) => Promise<Response>;

export interface Sent extends RequestInit {
  readonly ip?: string;
  /** Absent as on a host that names none. */
  readonly deploy?: Context["deploy"];
  readonly duplex?: "half";
  /** What the door does after its answer goes on by itself: for who looks at a clock. */
  readonly answerOnly?: boolean;
}

/** Waits also for what the door does after its answer. Checks the headers that every answer must have. */
export async function send(
  door: Door,
  path: string,
  { ip = "203.0.113.7", deploy, answerOnly = false, ...init }: Sent = {},
): Promise<Response> {
  const later: Promise<unknown>[] = [];
  const context = { ip, deploy, requestId: "request-1", waitUntil: (work: Promise<unknown>) => later.push(work) };
  const response = await door(new Request(new URL(path, siteUrl), init), context as unknown as Context);
  if (!answerOnly) await Promise.all(later);
  expectSafe(response);
  return response;
}

/** What static pages say as well; functions may say less of their address. */
const { "Referrer-Policy": _, ...fixed } = securityHeaders;
const everywhere = Object.fromEntries(Object.entries(fixed).map(([name, value]) => [name.toLowerCase(), value]));

function expectSafe({ headers }: Response): void {
  expect(headers.get("Content-Security-Policy")).toContain("default-src 'none'");
  expect(headers.get("Content-Security-Policy")).toContain("frame-ancestors 'none'");
  expect(Object.fromEntries(headers)).toMatchObject(everywhere);
  expect(headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
  expect(headers.get("Referrer-Policy")).toMatch(/^(?:strict-origin-when-cross-origin|same-origin)$/);
  expect(headers.get("Cache-Control")).toBeTruthy();
  expect(headers.get("X-Request-Id")).toBe("request-1");
}

/** A form as a browser on our own page sends it. */
export function form(fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): Sent {
  noteSent(Object.values(fields));
  return {
    method: "POST",
    body: new URLSearchParams(fields).toString(),
    headers: { "Content-Type": "application/x-www-form-urlencoded", ...browser, ...headers },
  };
}

export function json(value: unknown, headers: Readonly<Record<string, string>> = {}): Sent {
  const body = typeof value === "string" ? value : JSON.stringify(value);
  if (typeof value === "object" && value !== null) noteSent(Object.values(value).filter(isText));
  return { method: "POST", body, headers: { "Content-Type": "application/json", ...headers } };
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

export const browser = {
  Origin: siteUrl,
  "Sec-Fetch-Site": "same-origin",
  "Sec-Fetch-Mode": "navigate",
  "Sec-Fetch-User": "?1",
  Accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
} as const;

/** 405 with Allow for every method but these. */
export async function expectOnly(door: Door, path: string, allow: string): Promise<void> {
  for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
    if (allow.includes(method)) continue;
    const response = await send(door, path, { method });
    expect([method, response.status, response.headers.get("Allow")]).toEqual([method, 405, allow]);
  }
}
