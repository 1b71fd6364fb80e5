/** Which feeds the WebSub hub was told of: each content once, by one of us. */
import type { FeedContent } from "../../../site/publish/feeds/news.ts";
import { limits } from "../limits.ts";
import type { Sql } from "./database.ts";

export interface AnnouncementClaim extends FeedContent {
  /** Number of this try. */
  readonly attempts: number;
}

/** Those of `feeds` whose content was not announced, and that nobody is at now; never tried ones first. */
export async function feedsToAnnounce(sql: Sql, feeds: readonly FeedContent[]): Promise<readonly FeedContent[]> {
  return sql<FeedContent[]>`
    SELECT now_is.url, now_is.hash
    FROM json_to_recordset(${JSON.stringify(feeds)}::text::json) AS now_is(url text, hash text)
    LEFT JOIN feed_announcement AS told ON told.feed = now_is.url AND told.content_hash = now_is.hash
    WHERE told.feed IS NULL OR (told.announced_at IS NULL AND told.lease_until < now())
    ORDER BY told.attempts NULLS FIRST, now_is.url
    LIMIT ${limits.hubFeedsPerSweep}`;
}

/** Absent when this content was announced, or somebody else is at it, or a failed try was too short a time ago. */
export async function claimAnnouncement(sql: Sql, { url, hash }: FeedContent): Promise<AnnouncementClaim | undefined> {
  const { hubRetryFirstSeconds, hubRetryMaxMinutes } = limits;
  const [row] = await sql<{ attempts: number }[]>`
    INSERT INTO feed_announcement AS told (feed, content_hash, lease_until)
    VALUES (${url}, ${hash}, now() + ${hubRetryFirstSeconds} * interval '1 second')
    ON CONFLICT (feed) DO UPDATE SET
      content_hash = excluded.content_hash,
      announced_at = NULL,
      attempts = CASE WHEN told.content_hash = excluded.content_hash THEN told.attempts + 1 ELSE 1 END,
      lease_until = CASE WHEN told.content_hash = excluded.content_hash
        THEN now() + least(
          ${hubRetryFirstSeconds} * 2 ^ least(told.attempts, 20), ${hubRetryMaxMinutes} * 60) * interval '1 second'
        ELSE excluded.lease_until END
    WHERE told.content_hash <> excluded.content_hash OR (told.announced_at IS NULL AND told.lease_until < now())
    RETURNING attempts`;
  return row && { url, hash, attempts: row.attempts };
}

export async function finishAnnouncement(sql: Sql, { url, hash }: AnnouncementClaim): Promise<void> {
  await sql`
    UPDATE feed_announcement SET announced_at = now()
    WHERE feed = ${url} AND content_hash = ${hash} AND announced_at IS NULL`;
}
