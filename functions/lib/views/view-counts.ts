/** All counts at once, so that a list of posts costs one request, which the CDN answers most of the time. */
import { json } from "../http/respond.ts";
import { limits } from "../limits.ts";
import type { Services } from "../services.ts";
import { countViews } from "../store/views.ts";
import { viewsOf } from "./slugs.ts";

/** `{"<slug>": views}` for every post, 0 included. */
export async function viewCounts({ database, site }: Services): Promise<Response> {
  const counted = await database.run(countViews);
  const views = Object.fromEntries(site.posts.map((post) => [post.slug, viewsOf(counted, post)]));
  return json(200, views, cacheable);
}

const fresh = `max-age=${limits.viewCountsMaxAgeSeconds}, stale-while-revalidate=${limits.viewCountsStaleSeconds}`;

/** @see https://docs.netlify.com/build/caching/caching-overview/ */
const cacheable = {
  "Cache-Control": `public, ${fresh}`,
  // One copy for all places of the CDN.
  "Netlify-CDN-Cache-Control": `public, durable, ${fresh}`,
  // Only a parameter that nobody sends tells copies apart: otherwise each `?x=1` would be a question to the database.
  "Netlify-Vary": "query=none",
} as const;
