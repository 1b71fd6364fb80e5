/** The links that show one post that is not public yet, until a day. */
import type { KeyRing } from "../keys.ts";
import { signClaims, verifyClaims } from "../signed.ts";

export interface PreviewLink {
  readonly slug: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** Path from the origin. */
export function previewPath(keys: KeyRing, { slug, expiresAt }: PreviewLink): string {
  return `/preview/${signClaims(keys, "preview", `${expiresAt}-${slug}`)}/`;
}

/** Absent unless we made it. Whether its time is over is for the reader to say. */
export function readPreviewToken(keys: KeyRing, token: string | undefined): PreviewLink | undefined {
  const [, expiresAt, slug] = /^(\d{1,12})-(.+)$/.exec(verifyClaims(keys, "preview", token) ?? "") ?? [];
  return slug === undefined ? undefined : { slug, expiresAt: Number(expiresAt) };
}
