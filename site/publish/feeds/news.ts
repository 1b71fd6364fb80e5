/** Which feeds a WebSub hub is told of, and by what it is known that they have changed. @see https://www.w3.org/TR/websub/ */
import { createHash } from "node:crypto";
import type { Site } from "../../content/schemas.ts";

/** Written by the build, bundled into the function that tells the hub as `#feeds`. */
export interface FeedNews {
  /** Address of the hub; absent when site.json names none, and `feeds` is empty then. */
  readonly hub?: string;
  readonly feeds: readonly FeedContent[];
}

export interface FeedContent {
  /** Absolute, as the feed names itself. */
  readonly url: string;
  /** Changes with every byte of the feed. */
  readonly hash: string;
}

/** `feeds` are hashes by the paths of feeds from the origin. */
export function feedNews({ url, webSubHub }: Site, feeds: ReadonlyMap<string, string>): FeedNews {
  if (!webSubHub) return { feeds: [] };
  return { hub: webSubHub, feeds: [...feeds].map(([path, hash]) => ({ url: url + path, hash })) };
}

/** Of a feed's text. */
export function feedHash(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}
