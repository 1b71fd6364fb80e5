/** How long what visitors leave here is kept. The functions delete by these numbers, and the privacy page states them. */

export const retention = Object.freeze({
  /** A day is rolled up this long after its end, so that no view of it is still being written. */
  viewRollUpDelayMinutes: 10,
  /** The same message again within this time is the same message. */
  contactRepeatMinutes: 10,
  confirmLinkDays: 7,
  pendingSignUpDays: 7,
  /** Subscribe again, right after unsubscribing. */
  undoLinkHours: 1,
  mailGiveUpDays: 3,
  outboxKeepDays: 7,
});
export type Retention = Readonly<Record<keyof typeof retention, number>>;
