/** A refusal as a value, and the refusals that any door may give. */
import type { FieldProblem } from "../../../site/forms/field.ts";

/** @see RFC 9457 */
export interface Problem {
  readonly status: number;
  readonly title: string;
  /** One or two sentences for a person; never made of input. */
  readonly detail: string;
  readonly errors?: readonly FieldProblem[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a step gives that may be refused. `partial` is what could be read of it all the same, to give it back. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem; readonly partial?: T | undefined };

export function accept<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function refuse<T = never>(problem: Problem, partial?: T): Result<T> {
  return { ok: false, problem, ...(partial !== undefined && { partial }) };
}

export function malformed(detail: string): Problem {
  return { status: 400, title: "Request not understood", detail };
}

export const foreignOrigin: Problem = {
  status: 403,
  title: "Refused",
  detail: "This request came from another site. Please use the form on this one.",
};

export const notFound: Problem = { status: 404, title: "Not found", detail: "There is nothing of this name here." };

export function wrongMethod(allowed: string): Problem {
  const detail = `This address answers only ${allowed}.`;
  return { status: 405, title: "Method not allowed", detail, headers: { Allow: allowed } };
}

export const tooSlow: Problem = {
  status: 408,
  title: "Too slow",
  detail: "The request did not arrive in time. Please try again.",
};

export function tooLarge(maxBytes: number): Problem {
  const detail = `At most ${Math.floor(maxBytes / 1024)} kB can be sent here.`;
  return { status: 413, title: "Too large", detail };
}

/** `seconds` until the next try can succeed. */
export function tooMany(seconds: number): Problem {
  const minutes = Math.ceil(seconds / 60);
  const wait = minutes === 1 ? "in a minute" : `in ${minutes} minutes`;
  return {
    status: 429,
    title: "Too many requests",
    detail: `More was sent from your network than is taken at once. Please try again ${wait}.`,
    headers: { "Retry-After": String(Math.ceil(seconds)) },
  };
}

export const unsupportedType: Problem = {
  status: 415,
  title: "Unsupported format",
  detail: "Send a form (URL-encoded or multipart, text in UTF-8, no files) or JSON.",
};

export function invalid(errors: readonly FieldProblem[]): Problem {
  return { status: 422, title: "Please check the form", detail: "Some fields need another look.", errors };
}

export const broken: Problem = {
  status: 500,
  title: "Something broke",
  detail: "This is our fault, and it has been noted. Please try again.",
};

export const unavailable: Problem = {
  status: 503,
  title: "Not available at the moment",
  detail: "A service behind this page is down. Please try again in a few minutes.",
  headers: { "Retry-After": "60" },
};
