/** Digests: issues that say what was mailed in a week or a month. */
import type { ArticleMail } from "../../../site/publish/article-mail.ts";
import { limits } from "../limits.ts";
import type { Sql } from "./database.ts";

export interface Digest {
  readonly title: string;
  /** In the order in which they were mailed. */
  readonly posts: readonly DigestPost[];
}

export type DigestPost = Pick<ArticleMail, "title" | "url" | "description" | "tags">;

/**
 * Makes the digest of the last whole week or month, when its moment has come and something was mailed in it: everything
 * since the digest before it. Weeks end on Monday, months on the 1st, at six in the site's time zone. Returns its key.
 */
export async function makeDigest(sql: Sql, kind: "weekly" | "monthly", timezone: string): Promise<string | undefined> {
  const unit = kind === "weekly" ? "week" : "month";
  const [made] = await sql<{ key: string }[]>`
    WITH moment AS (
      SELECT date_trunc(${unit}, now() AT TIME ZONE ${timezone} - ${limits.digestHour} * interval '1 hour')
        + ${limits.digestHour} * interval '1 hour' AS local
    ), period AS (
      SELECT local AT TIME ZONE ${timezone} AS ends,
        coalesce(
          (SELECT max(covers_until) FROM issue WHERE kind = ${kind}),
          (local - ${`1 ${unit}`}::interval) AT TIME ZONE ${timezone}) AS begins,
        to_char(local - interval '1 day', CASE WHEN ${kind} = 'weekly' THEN 'IYYY-"W"IW' ELSE 'YYYY-MM' END) AS name
      FROM moment
    ), posts AS (
      SELECT jsonb_agg(
        jsonb_build_object('title', mail->'title', 'url', mail->'url', 'description', mail->'description', 'tags', mail->'tags')
        ORDER BY armed_at, id) AS list
      FROM issue, period WHERE kind = 'post' AND state IN ('sending', 'done') AND armed_at >= begins AND armed_at < ends
    )
    INSERT INTO issue (key, kind, state, title, mail, approved_at, covers_until)
    SELECT concat(${kind}::text, ':', name), ${kind}::text, 'armed', name,
      jsonb_build_object('title', name, 'posts', list), now(), ends
    FROM period, posts WHERE list IS NOT NULL
    ON CONFLICT (key) DO NOTHING
    RETURNING key`;
  return made?.key;
}
