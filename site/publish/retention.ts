/** How long what visitors leave here is kept. The functions delete by these numbers, and the privacy page states them. */

export const retention = Object.freeze({
  /** A day is rolled up this long after its end, so that no view of it is still being written. */
  viewRollUpDelayMinutes: 10,
  /** Messages of the contact form, unless `contactKeepDays` of site.json says otherwise. */
  contactKeepDays: 180,
  /** The same message again within this time is the same message. */
  contactRepeatMinutes: 10,
  /** A budget not used for so long is full again, and forgotten. */
  rateKeepHours: 24,
  /** A link that confirms a subscription is good for so long. */
  confirmLinkDays: 7,
  /** A sign-up that nobody confirmed, from when its mail was due. */
  pendingSignUpDays: 7,
  /** What counts how often sign-ups caused a mail to one address. */
  signUpMailKeepDays: 30,
  /** A new address whose owner has not pressed the button. */
  addressChangeDays: 7,
  /** Subscribe again, right after unsubscribing. */
  undoLinkHours: 1,
  /** A mail that cannot be sent is tried for so long. */
  mailGiveUpDays: 3,
  /** The record of a mail that was sent. */
  outboxKeepDays: 7,
  /** The record of a mail that failed stays longer, for the owner to see. */
  outboxFailedKeepDays: 90,
});
export type Retention = Readonly<Record<keyof typeof retention, number>>;
