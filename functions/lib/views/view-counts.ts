/** All counts at once, so that a list of posts costs one request, which the CDN answers most of the time. */
import { json } from "../http/respond.ts";
import { limits } from "../limits.ts";
import type { Services } from "../services.ts";
import { countViews } from "../store/views.ts";

/** `{"<slug>": views}` for every post, 0 included. */
export async function viewCounts({ database, site }: Services): Promise<Response> {
  const counted = await database.run(countViews);
  const views = Object.fromEntries(site.posts.map(({ slug }) => [slug, counted.get(slug) ?? 0]));
  const { viewCountsMaxAgeSeconds: maxAge, viewCountsStaleSeconds: stale } = limits;
  return json(200, views, { "Cache-Control": `public, max-age=${maxAge}, stale-while-revalidate=${stale}` });
}
