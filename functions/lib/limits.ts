/** Every limit the functions enforce, with its unit in its name. docs/limits.md is made from it. */
import { emailMaxLength, messageMaxLength, nameMaxLength } from "../../site/forms/field-limits.ts";
import { retention } from "../../site/publish/retention.ts";

export const limits = Object.freeze({
  ...retention,
  contactBodyMaxBytes: 64 * 1024,
  nameMaxLength,
  emailMaxLength,
  messageMaxLength,
  /** How long the answer to a visitor waits for the mail to the owner; the sweep sends it later. */
  contactSendWaitMs: 4_000,
  viewBodyMaxBytes: 1024,
  /** New visitors of one day from one network (IPv4 address, IPv6 /64); above that nobody new is counted. */
  viewVisitorsPerSource: 300,
  /** Views in one statement. */
  viewBatchMax: 100,
  /** Its turn and the database together: a view that takes longer may not be counted, and its answer says so. */
  viewMaxMs: 7_500,
  /** Counts may be this old on their way through the CDN. */
  viewCountsMaxAgeSeconds: 60,
  viewCountsStaleSeconds: 600,
  formBodyMaxBytes: 4 * 1024,
  formMaxFields: 20,
  previewLinkMaxDays: 90,
  databaseConnections: 2,
  databaseConnectSeconds: 5,
  databaseIdleSeconds: 5,
  /** An answer waits this long for the database, then it is a 503. */
  databaseWaitMs: 6_000,
  mailConnectMs: 4_000,
  mailSilenceMs: 8_000,
  /** With the sweep's budget below the platform's 30 seconds. */
  mailMaxMs: 9_000,
  /** Longer than `mailMaxMs`: nobody else sends a mail while it may still be on its way. */
  mailLeaseSeconds: 60,
  mailRetryFirstSeconds: 60,
  mailRetryMaxHours: 6,
  hookWaitMs: 5_000,
  hookRetryFirstSeconds: 60,
  hookRetryMaxMinutes: 60,
  sweepBudgetMs: 20_000,
  /** The platform's own wall, per address and minute. Doors repeat these numbers, because it reads them as literals. */
  requestsPerMinute: Object.freeze({
    contact: 10,
    views: 120,
    subscribe: 10,
    health: 60,
    confirm: 30,
    unsubscribe: 60,
    preferences: 30,
    preview: 120,
  }),
});
