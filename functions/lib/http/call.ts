/** One request as the features see it. */
import type { Context } from "@netlify/functions";

export interface Call {
  readonly request: Request;
  readonly url: URL;
  /** From the platform, never from a header. */
  readonly ip: string;
  readonly requestId: string;
  /** Goes on after the answer; a failure of it must be handled in it. */
  readonly later: (work: Promise<void>) => void;
}

export function callOf(request: Request, context: Context): Call {
  const { requestId } = context;
  return {
    request,
    url: new URL(request.url),
    ip: context.ip,
    requestId: requestId && /^[\w-]{1,64}$/.test(requestId) ? requestId : crypto.randomUUID(),
    // Without the platform's help the process simply lives on, as the development server does.
    later: (work) => context.waitUntil?.(work),
  };
}

/** Whether a program asks, which reads JSON: it wants no page, and sends no form unless it asks for JSON by name. */
export function wantsJson({ headers }: Request): boolean {
  const accepted = headers.get("Accept")?.toLowerCase() ?? "";
  if (accepted.includes("text/html")) return false;
  if (/application\/(?:problem\+)?json/.test(accepted)) return true;
  return !/^(?:application\/x-www-form-urlencoded|multipart\/form-data)$/.test(mediaType(headers));
}

/** `type/subtype` in lower case, without parameters; empty when there is none. */
export function mediaType(headers: Headers): string {
  return headers.get("Content-Type")?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
}
