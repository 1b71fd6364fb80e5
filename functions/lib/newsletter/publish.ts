/** The sweep's part in the newsletter: sees new posts, makes digests, arms what is approved, and keeps the books. */
import type { NewsletterPost } from "../../../site/publish/newsletter-posts.ts";
import { errorFields, log } from "../log.ts";
import type { Services } from "../services.ts";
import { expireDeliveries } from "../store/deliveries.ts";
import { makeDigest } from "../store/digests.ts";
import { finishIssues, forgetDeliveries, stalledIssues } from "../store/issue-books.ts";
import {
  type ArmedIssue,
  arm,
  armedIssues,
  distrust,
  endCooling,
  forgetWithdrawn,
  type NewPost,
  renewUnsent,
  seePosts,
  takeBaseline,
} from "../store/issues.ts";
import { type SiteState, signOfLife } from "../store/site-state.ts";
import { fetchArticleMail } from "./article-file.ts";
import { domainOf } from "./letter.ts";
import { tellOwner } from "./owner-mail.ts";
import { startSender } from "./sender.ts";

/** Why nothing is published, or what was. */
export type PublishReport =
  | { readonly state: "no epoch" | "other epoch" | "paused" }
  | { readonly state: "on"; readonly armed: number; readonly done: number; readonly started: boolean };

let absenceNoted = false;

/** Runs in production only, and in `npm start`; there may be several at once. */
export async function publish(services: Services, posts: readonly NewsletterPost[]): Promise<PublishReport> {
  const { database, config } = services;
  const { sendEpoch } = config;
  if (!sendEpoch) {
    // Once is enough, each minute would only repeat it.
    if (!absenceNoted) log("warn", "newsletter off", { reason: "SEND_EPOCH is not set" });
    absenceNoted = true;
    return { state: "no epoch" };
  }
  const state = await database.run((sql) => signOfLife(sql, sendEpoch));
  if (state?.sendEpoch !== sendEpoch) {
    log("warn", "newsletter refused", { reason: "the epoch of the database is another one" });
    return { state: "other epoch" };
  }
  await database.run(expireDeliveries);
  await database.run(forgetDeliveries);
  if (state.pausedWhy === "owner") return { state: "paused" };
  await takeIn(services, state, mailedPosts(posts));
  if (state.pausedWhy === "asleep") {
    await database.transaction(distrust);
    await tellOwner(services, `paused:${state.pausedAt?.getTime()}`);
    return { state: "paused" };
  }
  await database.run((sql) => endCooling(sql, services.site.site.newsletterCoolingMinutes));
  const armed = await armApproved(services, sendEpoch);
  const started = await startSender(services);
  const done = await database.run(finishIssues);
  for (const id of await database.run(stalledIssues)) await tellOwner(services, `stalled:${id}`);
  return { state: "on", armed, done: done.length, started };
}

/** From the site, and from the calendar. */
async function takeIn(services: Services, { hasBaseline }: SiteState, posts: readonly NewPost[]): Promise<void> {
  const { database, site } = services;
  if (!hasBaseline && (await database.transaction((sql) => takeBaseline(sql, posts)))) {
    log("info", "newsletter begins", { postsNotMailed: posts.length });
  }
  const held = await database.transaction(async (sql) => {
    await forgetWithdrawn(
      sql,
      posts.map(({ key }) => key),
    );
    await renewUnsent(sql, posts);
    return seePosts(sql, posts);
  });
  if (held.length > 0) await tellOwner(services, `held:${held.toSorted().join(" ")}`);
  for (const kind of ["weekly", "monthly"] as const) {
    await database.run((sql) => makeDigest(sql, kind, site.site.timezone));
  }
}

/** The posts of the site that subscribers are to have. */
function mailedPosts(posts: readonly NewsletterPost[]): readonly NewPost[] {
  return posts.flatMap(({ key, title, url, mail, published }) =>
    mail ? [{ key: withSlash(key), title, url, mailPath: mail, publishedAt: published }] : [],
  );
}

/** An older address may have been written down without its last slash. */
function withSlash(address: string): string {
  return address.endsWith("/") || address.includes(".") ? address : `${address}/`;
}

/** An issue whose mail cannot be fetched stays armed, and is tried again in a minute. */
async function armApproved(services: Services, epoch: string): Promise<number> {
  let armed = 0;
  for (const issue of await services.database.run(armedIssues)) {
    try {
      const prepared = await armOne(services, issue, epoch);
      if (prepared === undefined) continue;
      armed += 1;
      log("info", "issue armed", { issue: issue.id, kind: issue.kind, prepared });
    } catch (error) {
      log("error", "issue not armed", { issue: issue.id, ...errorFields(error) });
    }
  }
  return armed;
}

async function armOne({ database, siteUrl, config }: Services, { id, kind, mailPath }: ArmedIssue, epoch: string) {
  const rest = { domain: domainOf(config.mailFrom), epoch };
  if (kind !== "post") return database.transaction((sql) => arm(sql, id, { rhythm: kind, ...rest }));
  const mail = await fetchArticleMail(siteUrl, mailPath ?? "");
  return database.transaction((sql) => arm(sql, id, { mail, tags: mail.tags, rhythm: "each", ...rest }));
}
