/** Every limit the functions enforce, with its unit in its name. `npm run limits` writes docs/limits.md from it. */
import { emailMaxLength, messageMaxLength, nameMaxLength } from "../../site/forms/field-limits.ts";
import { retention } from "../../site/publish/retention.ts";

/** So many at once, then one more each time so many seconds have gone by. */
export interface Rate {
  readonly burst: number;
  readonly secondsPerToken: number;
}

function rate(burst: number, secondsPerToken: number): Rate {
  return Object.freeze({ burst, secondsPerToken });
}

export const limits = Object.freeze({
  ...retention,
  /** A message as it is sent, with all its fields; more is refused with 413. */
  contactBodyMaxBytes: 64 * 1024,
  nameMaxLength,
  emailMaxLength,
  messageMaxLength,
  /** An IPv4 address or an IPv6 /64: beyond it messages are refused with 429. */
  contactPerPrefix: rate(8, 360),
  /** What one of them may store in a day: beyond it the same. */
  contactPerPrefixAndDay: rate(40, 2_160),
  /** One sender's address, which anybody may type: beyond it messages are put in quarantine. */
  contactPerAddress: rate(8, 600),
  /** All messages: beyond it a browser has to work for each, and what comes without that is put in quarantine. */
  contactAll: rate(60, 60),
  /** All that may be stored: beyond it messages are refused with 429. */
  contactAllPerDay: rate(6_000, 14.4),
  /** Mails about single messages: beyond it the owner gets a summary. */
  contactNotices: rate(20, 180),
  /** So long a message waits for others before a summary tells of it. */
  contactSummaryWaitMinutes: 30,
  /** Messages that a summary lists; those beyond are counted. */
  contactSummaryMaxMessages: 50,
  /** From this score on a browser has to work for a message. */
  contactProofScore: 5,
  /** Above this score a message is put in quarantine. */
  contactQuarantineScore: 6,
  /** A form sent in less looks like a program's. */
  contactFastMs: 3_000,
  /** A challenge has to be solved within this time. */
  proofMinutes: 10,
  /** The answer to a visitor waits this long for the database; then the mail goes to the owner without it. */
  contactDatabaseWaitMs: 4_500,
  /** How long the answer to a visitor waits for the mail to the owner; the sweep sends it later. */
  contactSendWaitMs: 3_000,
  /** Mails that go without the database, which has the budgets: by instance and hour. */
  contactDirectPerHour: 20,
  /** An IPv4 address or an IPv6 /64: beyond it sign-ups are refused with 429. */
  subscribePerPrefix: rate(20, 180),
  /** Mails that sign-ups cause to one new address in 24 hours. */
  subscribeMailsPerDay: 1,
  /** The same in 30 days. */
  subscribeMailsPerMonth: 3,
  /** The same to an address that is subscribed, has left, does not take our mail, or was erased. */
  subscribeMailsPerMonthKnown: 1,
  /** Mails that sign-ups cause at one domain: those beyond it wait. */
  subscribePerDomain: rate(20, 180),
  /** All of them: beyond it mails wait, and a browser has to work. With the next but one never more than 60 in an hour. */
  subscribeAll: rate(20, 180),
  /** All of a day: the same. With the next but one never more than 300 in a day. */
  subscribeAllPerDay: rate(100, 864),
  /** For browsers that have worked while others wait. */
  subscribeProven: rate(10, 360),
  /** The same of a day. */
  subscribeProvenPerDay: rate(50, 1_728),
  /** A mail that would have to wait longer is not promised: the sign-up is refused with 429. */
  subscribeWaitMaxHours: 240,
  /** Topics that the page of a subscription offers: those with the most posts. */
  topicsMax: 60,
  /** The page of a subscription, as it is sent. */
  preferencesBodyMaxBytes: 8 * 1024,
  /** A provider's report of a mail, as it is sent. */
  bounceBodyMaxBytes: 64 * 1024,
  /** A provider's report counts within this time of its signature. */
  bounceSignatureMinutes: 5,
  /** Rows of an imported file that are stored together. */
  importBatchRows: 1_000,
  /** Whoever an import has asked is mailed with this pause after the one before. */
  importAskSeconds: 60,
  /** Whoever sends more slowly is not waited for. */
  bodyWaitMs: 5_000,
  /** A view as it is sent. */
  viewBodyMaxBytes: 1024,
  /** New visitors of one day from one network (IPv4 address, IPv6 /64); above that nobody new is counted. */
  viewVisitorsPerSource: 300,
  /** Views in one statement. */
  viewBatchMax: 100,
  /** Its turn and the database together: a view that takes longer may not be counted, and its answer says so. */
  viewMaxMs: 7_500,
  /** Counts may be this old on their way through the CDN. */
  viewCountsMaxAgeSeconds: 60,
  /** Counts so much older may be shown while newer ones are fetched. */
  viewCountsStaleSeconds: 600,
  /** Any other form as it is sent. */
  formBodyMaxBytes: 4 * 1024,
  /** Fields of a form, or parts of a multipart one. */
  formMaxFields: 20,
  /** The longest that a link to a draft can be good for. */
  previewLinkMaxDays: 90,
  /** Of one instance of a function. */
  databaseConnections: 2,
  /** The database has to take a connection within this time. */
  databaseConnectSeconds: 5,
  /** A connection not used for so long is closed. */
  databaseIdleSeconds: 5,
  /** An answer waits this long for the database, then it is a 503. */
  databaseWaitMs: 6_000,
  /** The relay has to take a connection, and to greet, within this time. */
  mailConnectMs: 4_000,
  /** A relay that says nothing for so long is given up. */
  mailSilenceMs: 8_000,
  /** A mail that takes longer is given up and tried again. With the sweep's budget below the platform's 30 seconds. */
  mailMaxMs: 9_000,
  /** Longer than `mailMaxMs`: nobody else sends a mail while it may still be on its way. */
  mailLeaseSeconds: 60,
  /** A mail that failed is tried again after this time, then after twice as long each time. */
  mailRetryFirstSeconds: 60,
  /** The longest pause between two tries of a mail. */
  mailRetryMaxHours: 6,
  /** Of mail that waits longer, /api/health says that it is late. */
  healthMailMinutes: 15,
  /** The host's build hook has to answer within this time. */
  hookWaitMs: 5_000,
  /** A build hook that failed is called again after this time, then after twice as long each time. */
  hookRetryFirstSeconds: 60,
  /** The longest pause between two calls of a build hook. */
  hookRetryMaxMinutes: 60,
  /** A WebSub hub has to answer within this time. */
  hubWaitMs: 3_000,
  /** A hub that did not take news of a feed is told again after this time, then after twice as long each time. */
  hubRetryFirstSeconds: 60,
  /** The longest pause between two tries of a feed. */
  hubRetryMaxMinutes: 360,
  /** Feeds that one sweep tells a hub of. */
  hubFeedsPerSweep: 20,
  /** After this time the sweep begins nothing new. */
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
    bounces: 600,
    preview: 120,
  }),
});
