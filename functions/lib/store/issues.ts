/** Issues of the newsletter on their way to the mails: made once for each post, armed once. */
import type { ArticleMail } from "../../../site/publish/article-mail.ts";
import { limits } from "../limits.ts";
import type { Sql } from "./database.ts";
import type { Digest } from "./digests.ts";

export interface NewPost {
  /** Identity of the post. */
  readonly key: string;
  readonly title: string;
  /** Path from the origin. */
  readonly url: string;
  readonly mailPath: string;
  /** ISO 8601. */
  readonly publishedAt: string;
}

/** Takes the posts that are there when the newsletter begins for known, unless it has begun. */
export async function takeBaseline(sql: Sql, posts: readonly NewPost[]): Promise<boolean> {
  const { count } = await sql`UPDATE site_state SET baseline_at = now() WHERE baseline_at IS NULL`;
  if (count === 0) return false;
  await insertNew(sql, posts, "baseline");
  return true;
}

/**
 * Takes posts that nobody has seen, by their key or their address, into the books. One alone and young cools down; of
 * several at once, and of old ones, the owner decides. Returns the keys of those that are held.
 */
export async function seePosts(sql: Sql, posts: readonly NewPost[]): Promise<readonly string[]> {
  const known = await sql<
    { address: string }[]
  >`SELECT key AS address FROM issue UNION SELECT url FROM issue WHERE url IS NOT NULL`;
  const addresses = new Set(known.map(({ address }) => address));
  const unseen = posts.filter(({ key, url }) => !addresses.has(key) && !addresses.has(url));
  return insertNew(sql, unseen, unseen.length > 1 ? "many" : undefined);
}

async function insertNew(sql: Sql, posts: readonly NewPost[], why: "baseline" | "many" | undefined) {
  const rows = posts.map(({ key, title, url, mailPath, publishedAt }) => ({
    key,
    title,
    url,
    mail_path: mailPath,
    published_at: publishedAt,
  }));
  const state = why === "baseline" ? "skipped" : why === "many" ? "held" : null;
  const held = await sql<{ key: string }[]>`
    WITH made AS (
      INSERT INTO issue (key, kind, title, url, mail_path, published_at, state, why)
      SELECT key, 'post', title, url, mail_path, published_at, coalesce(${state}::text, CASE WHEN old THEN 'held' ELSE 'seen' END),
        coalesce(${why ?? null}::text, CASE WHEN old THEN 'old' END)
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
          AS post (key text, title text, url text, mail_path text, published_at timestamptz),
        LATERAL (SELECT published_at < now() - ${limits.newsletterMaxAgeDays} * interval '1 day' AS old) AS age
      ON CONFLICT (key) DO NOTHING
      RETURNING key, state
    )
    SELECT key FROM made WHERE state = 'held'`;
  return held.map(({ key }) => key);
}

/** What the site says today of posts that are not mailed yet: their address, title and file may have changed. */
export async function renewUnsent(sql: Sql, posts: readonly NewPost[]): Promise<void> {
  const rows = posts.map(({ key, title, url, mailPath }) => ({ key, title, url, mail_path: mailPath }));
  await sql`
    UPDATE issue SET title = post.title, url = post.url, mail_path = post.mail_path
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS post (key text, title text, url text, mail_path text)
    WHERE issue.key = post.key AND state IN ('seen', 'held', 'armed')
      AND (issue.title, issue.url, issue.mail_path) IS DISTINCT FROM (post.title, post.url, post.mail_path)`;
}

/** Forgets posts that were taken back while they cooled down; they may come again. Returns how many. */
export async function forgetWithdrawn(sql: Sql, keys: readonly string[]): Promise<number> {
  const { count } = await sql`
    DELETE FROM issue WHERE kind = 'post' AND state IN ('seen', 'armed')
      AND key NOT IN (SELECT jsonb_array_elements_text(${JSON.stringify(keys)}::text::jsonb))`;
  return count;
}

/**
 * In a transaction, of a database that is older than the world: leaves every issue that is not mailed yet to its owner, and
 * says of every mail that was not settled what is true of it now, that the relay may have had it since.
 */
export async function distrust(sql: Sql): Promise<void> {
  await sql`UPDATE issue SET state = 'held', why = 'asleep' WHERE state IN ('seen', 'armed')`;
  await sql`
    UPDATE delivery SET state = 'unknown', lease_until = NULL, last_code = 'ASLEEP', next_at = now(),
      unsure_since = coalesce(unsure_since, (SELECT least(alive_at, paused_at) FROM site_state))
    WHERE state IN ('queued', 'leased', 'inflight')`;
}

/** Ends the cooling of posts whose time has come. */
export async function endCooling(sql: Sql, coolingMinutes: number): Promise<void> {
  await sql`
    UPDATE issue SET state = 'armed', approved_at = now()
    WHERE state = 'seen' AND seen_at <= now() - ${coolingMinutes}::int * interval '1 minute'`;
}

export interface ArmedIssue {
  readonly id: string;
  readonly key: string;
  readonly kind: "post" | "weekly" | "monthly";
  readonly mailPath: string | null;
}

/** Approved, with their mail still to be frozen. */
export async function armedIssues(sql: Sql): Promise<readonly ArmedIssue[]> {
  return sql<
    ArmedIssue[]
  >`SELECT id, key, kind, mail_path AS "mailPath" FROM issue WHERE state = 'armed' ORDER BY approved_at, id`;
}

export interface Arming {
  /** Absent for a digest, which has been written when it was made. */
  readonly mail?: ArticleMail;
  /** Who chose topics has the mail when one of them is here; absent: everybody has it. */
  readonly tags?: readonly string[];
  readonly rhythm: "each" | "weekly" | "monthly";
  /** The part of Message-IDs behind the @. */
  readonly domain: string;
  /** So that Message-IDs are not those of another database. */
  readonly epoch: string;
}

/**
 * In a transaction: freezes the mail and makes a delivery for everybody who wants it now. Who joins later has the next one;
 * who leaves before the last dot gets none. Returns how many, or nothing when another was first.
 */
export async function arm(
  sql: Sql,
  id: string,
  { mail, tags, rhythm, domain, epoch }: Arming,
): Promise<number | undefined> {
  const [issue] = await sql<{ key: string }[]>`SELECT key FROM issue WHERE id = ${id} AND state = 'armed' FOR UPDATE`;
  if (!issue) return undefined;
  const { count } = await sql`
    INSERT INTO delivery (issue_id, subscriber_id, message_id)
    SELECT ${id}, id, concat(${messageName(sql, epoch, issue.key)}, '@', ${domain}::text)
    FROM subscriber
    WHERE status = 'confirmed' AND rhythm = ${rhythm} AND email IS NOT NULL
      AND (${tags === undefined} OR topics = '{}' OR topics && ${textArray(sql, tags ?? [])})`;
  await sql`
    UPDATE issue SET state = 'sending', why = NULL, armed_at = now(), prepared = ${count},
      mail = coalesce(${mail ? JSON.stringify(mail) : null}::text::jsonb, mail)
    WHERE id = ${id}`;
  return count;
}

/** The same for the same subscriber and issue, whenever it is made; tells neither. */
function messageName(sql: Sql, epoch: string, key: string) {
  return sql`left(encode(sha256(convert_to(concat_ws(' ', ${epoch}::text, ${key}::text, subscriber.id), 'UTF8')), 'hex'), 40)`;
}

function textArray(sql: Sql, values: readonly string[]) {
  return sql`ARRAY(SELECT jsonb_array_elements_text(${JSON.stringify(values)}::text::jsonb))`;
}

export interface FrozenIssue {
  readonly kind: "post" | "weekly" | "monthly";
  readonly mail: ArticleMail | Digest;
}

/** What an issue mails, once it is armed. */
export async function frozenIssue(sql: Sql, id: string): Promise<FrozenIssue | undefined> {
  const [issue] = await sql<FrozenIssue[]>`SELECT kind, mail FROM issue WHERE id = ${id} AND mail IS NOT NULL`;
  return issue;
}

/** Moves an issue that is not mailed yet, by the owner's word. Returns whether there is such a one. */
export async function decide(sql: Sql, key: string, decision: "approve" | "hold"): Promise<boolean> {
  const { count } =
    decision === "approve"
      ? await sql`
        UPDATE issue SET state = 'armed', why = NULL, approved_at = now() WHERE key = ${key} AND state IN ('seen', 'held')`
      : await sql`
        UPDATE issue SET state = 'held', why = 'owner' WHERE key = ${key} AND state IN ('seen', 'held', 'armed')`;
  return count === 1;
}
