/** The minute's housekeeping: mail that waits, posts that go live, feeds that changed, days of views that are over, and what was kept long enough. */
import { enqueueSummaries } from "../contact/summaries.ts";
import { limits } from "../limits.ts";
import { errorFields, log } from "../log.ts";
import type { MailServices } from "../mail-services.ts";
import { type DeliveryReport, deliverDue } from "../outbox/deliver.ts";
import { removeOldMessages } from "../store/messages.ts";
import { removeFinished } from "../store/outbox.ts";
import { removeFullBuckets } from "../store/rate-bucket.ts";
import { removeStalePending } from "../store/subscribers.ts";
import { daysToRollUp, rollUp } from "../store/views.ts";
import { announceFeeds } from "./announce.ts";
import type { Permissions } from "./deploy.ts";
import { feedNews } from "./feed-news.ts";
import { rebuildWhenDue } from "./rebuild.ts";

/** What each step did; absent where it failed or where this copy of the site may not do it. */
export interface SweepReport {
  readonly mail: DeliveryReport | undefined;
  readonly summaries: number | undefined;
  readonly daysRolledUp: number | undefined;
  readonly messagesForgotten: number | undefined;
  readonly signUpsForgotten: number | undefined;
  readonly budgetsForgotten: number | undefined;
  readonly outboxRemoved: number | undefined;
  readonly rebuilt: boolean | undefined;
  readonly feedsAnnounced: number | undefined;
  /** Names of the steps that failed; the log says why. */
  readonly failed: readonly string[];
}

/**
 * Safe at any time and twice at once. Stops starting new work after 20 seconds. Without `may.mail` nothing is sent: a
 * deploy preview works on a copy of the real data, and its mail would reach real people.
 */
export async function sweep(services: MailServices, may: Permissions, news = feedNews): Promise<SweepReport> {
  const { database, clock, site } = services;
  const until = clock().getTime() + limits.sweepBudgetMs;
  const failed: string[] = [];
  const step = stepper(failed);
  const done = {
    daysRolledUp: await step("roll-up", () => rollUpDays(services, until)),
    messagesForgotten: await step("messages", () =>
      database.run((sql) => removeOldMessages(sql, site.site.contactKeepDays)),
    ),
    signUpsForgotten: await step("sign-ups", () => database.run(removeStalePending)),
    budgetsForgotten: await step("budgets", () => database.run(removeFullBuckets)),
    outboxRemoved: await step("outbox", () => database.run(removeFinished)),
    rebuilt: may.rebuild ? await step("rebuild", () => rebuildWhenDue(services)) : undefined,
    summaries: may.mail ? await step("summaries", () => enqueueSummaries(services)) : undefined,
  };
  const mail = may.mail ? await step("mail", () => deliverDue(services, until)) : undefined;
  // Last: nothing else may wait for a hub.
  const feedsAnnounced = may.announce ? await step("hub", () => announceFeeds(services, news, until)) : undefined;
  note({ ...mail, ...done, feedsAnnounced });
  return { mail, ...done, feedsAnnounced, failed };
}

/** A step that fails must not keep the next from its turn; it is tried again in a minute. */
function stepper(failed: string[]) {
  return async <T>(name: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      failed.push(name);
      log("error", "sweep step failed", { step: name, ...errorFields(error) });
      return undefined;
    }
  };
}

async function rollUpDays({ database, clock }: MailServices, until: number): Promise<number> {
  let rolled = 0;
  for (const day of await database.run(daysToRollUp)) {
    if (clock().getTime() >= until) break;
    if (await database.transaction((sql) => rollUp(sql, day))) rolled += 1;
  }
  return rolled;
}

/** A minute in which nothing happened is not worth a line. */
function note(counts: Readonly<Record<string, number | boolean | undefined>>): void {
  if (Object.values(counts).some(Boolean)) log("info", "swept", counts);
}
