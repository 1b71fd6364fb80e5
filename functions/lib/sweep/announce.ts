/** Tells the WebSub hub of feeds that the published site has changed. @see https://www.w3.org/TR/websub/ */
import type { FeedNews } from "../../../site/publish/feeds/news.ts";
import { limits } from "../limits.ts";
import { errorFields, log } from "../log.ts";
import type { Services } from "../services.ts";
import { claimAnnouncement, feedsToAnnounce, finishAnnouncement } from "../store/announcements.ts";

/**
 * Announces what the hub has not been told of, until `until` (milliseconds); how many feeds. A hub is told of a content
 * once, again only when it did not take it, after 1, 2, 4 … minutes. At the first failure the rest waits for the next sweep:
 * a hub that is down gets one call a minute at most. Only the hub that site.json names is ever called.
 */
export async function announceFeeds(
  { database, clock }: Services,
  { hub, feeds }: FeedNews,
  until: number,
): Promise<number> {
  if (!hub || feeds.length === 0) return 0;
  let announced = 0;
  for (const feed of await database.run((sql) => feedsToAnnounce(sql, feeds))) {
    if (clock().getTime() >= until) break;
    const claim = await database.run((sql) => claimAnnouncement(sql, feed));
    if (!claim) continue;
    try {
      await publish(hub, feed.url);
    } catch (error) {
      log("warn", "hub not told", { feed: feed.url, attempt: claim.attempts, ...errorFields(error) });
      break;
    }
    await database.run((sql) => finishAnnouncement(sql, claim));
    announced += 1;
  }
  return announced;
}

/** Hubs differ in which name they read. @see https://www.w3.org/TR/websub/ §7, which leaves it to them */
async function publish(hub: string, topic: string): Promise<void> {
  const response = await fetch(hub, {
    method: "POST",
    body: new URLSearchParams({ "hub.mode": "publish", "hub.url": topic, "hub.topic": topic }),
    redirect: "error",
    signal: AbortSignal.timeout(limits.hubWaitMs),
  });
  await response.body?.cancel();
  if (!response.ok) throw Object.assign(new Error("the hub refused"), { code: `HTTP_${response.status}` });
}
