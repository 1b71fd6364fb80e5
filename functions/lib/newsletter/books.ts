/** The books of the newsletter: of each issue how many mails there are in each state, and what waits for the owner. */
import type { Sql } from "../store/database.ts";
import { type Unknown, unknownDeliveries } from "../store/deliveries.ts";
import { type IssueBooks, readBooks } from "../store/issue-books.ts";
import { readSiteState, type SiteState } from "../store/site-state.ts";

/** In the order in which a mail goes through them. */
export const deliveryStates = ["queued", "leased", "inflight", "sent", "failed", "skipped", "unknown"] as const;

export interface Books {
  /** Absent before the first sweep with an epoch. */
  readonly state: SiteState | undefined;
  readonly issues: readonly IssueBooks[];
  readonly unknown: readonly Unknown[];
}

export async function openBooks(sql: Sql): Promise<Books> {
  return { state: await readSiteState(sql), issues: await readBooks(sql), unknown: await unknownDeliveries(sql) };
}

/** Whether the mails of an issue add up to those that were prepared. */
export function isBalanced({ prepared, counts }: IssueBooks): boolean {
  return prepared === null || prepared === Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** `epoch` is that of the environment, where there is one to hold against the database's. */
export function describeBooks({ state, issues, unknown }: Books, epoch: string | undefined): string {
  const open = issues.filter(({ state }) => state !== "done");
  const done = issues.filter(({ state }) => state === "done");
  const parts = [
    describeState(state, epoch),
    ...open.map(describeIssue),
    unknown.length > 0 && describeUnknown(issues, unknown),
    done.length > 0 && done.slice(0, newestDone).map(describeIssue).join("\n"),
    done.length > newestDone && `And ${done.length - newestDone} older issues, all done.`,
    issues.length === 0 && "No issue yet.",
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

const newestDone = 5;

function describeState(state: SiteState | undefined, epoch: string | undefined): string {
  if (!state) {
    return epoch
      ? "The newsletter has not begun: the next sweep of the published site begins it."
      : "The newsletter is off: SEND_EPOCH is not set, so nothing is ever sent.";
  }
  const asOf = `Last sweep ${moment(state.aliveAt)}.`;
  if (state.pausedWhy === "owner")
    return `Paused by you since ${moment(state.pausedAt)}. ${asOf}\nGo on: npm run newsletter -- resume`;
  if (state.pausedWhy === "asleep") {
    return `Paused since ${moment(state.pausedAt)}: this database had not been swept for hours, as happens to a restored backup.
What was sent in the meantime is not in it, so every issue that it knows as unsent is held, and every such mail unknown.
Go on: npm run newsletter -- resume. Then look at your relay's log; approve and resolve below what was really not sent.`;
  }
  const rest = state.restUntil ? ` The relay does not answer; it is tried again at ${moment(state.restUntil)}.` : "";
  const own =
    epoch !== undefined && epoch !== state.sendEpoch
      ? `\nSEND_EPOCH here is another one: this deployment sends nothing.`
      : "";
  return `The newsletter is on, epoch ${state.sendEpoch}. ${asOf}${rest}${own}`;
}

const waitsFor: Readonly<Record<string, string>> = {
  many: "held: it came with other new posts",
  old: "held: it is more than a week old",
  owner: "held by you",
  asleep: "held: it may have been sent while this database slept",
};

function describeIssue(issue: IssueBooks): string {
  const { key, state, why, title, prepared, counts } = issue;
  const head = `${key}  ${(why && waitsFor[why]) ?? state}  ${title}`;
  if (state === "held") return `${head}\n  Send it: npm run newsletter -- approve ${key}`;
  if (state === "seen")
    return `${head}\n  It is sent when it has cooled down. Stop it: npm run newsletter -- hold ${key}`;
  if (prepared === null) return head;
  const sums = deliveryStates.map((each) => `${counts[each] ?? 0} ${each}`).join(" + ");
  return `${head}\n  ${prepared} prepared = ${sums}${isBalanced(issue) ? "" : "  DOES NOT ADD UP"}`;
}

function describeUnknown(issues: readonly IssueBooks[], unknown: readonly Unknown[]): string {
  const keys = new Map(issues.map(({ id, key }) => [id, key]));
  const lines = unknown.map(
    ({ issueId, email, since, code }) =>
      `  ${keys.get(issueId)}  ${mask(email)}  since ${moment(since)}${code ? `  ${code}` : ""}`,
  );
  return `Unknown, because the sender or the connection died between the last dot and the reply: the relay has the mail or not.
${lines.join("\n")}
  Your relay's log knows them by address. All of an issue arrived: npm run newsletter -- resolve KEY --sent
  Rather twice than not at all:                npm run newsletter -- resolve KEY --resend`;
}

/** `a…@example.com`: enough to find it in the relay's log. */
export function mask(email: string | null): string {
  if (email === null) return "(erased)";
  const at = email.lastIndexOf("@");
  return `${email.slice(0, 1)}…${email.slice(Math.max(1, at - 1))}`;
}

function moment(date: Date | null): string {
  return date ? `${date.toISOString().slice(0, 16).replace("T", " ")} UTC` : "";
}

/** The same for programs. */
export function booksAsJson({ state, issues, unknown }: Books) {
  const keys = new Map(issues.map(({ id, key }) => [id, key]));
  return {
    newsletter: state ?? null,
    issues: issues.map((issue) => ({ ...issue, isBalanced: isBalanced(issue) })),
    unknown: unknown.map(({ issueId, email, ...rest }) => ({
      issue: keys.get(issueId),
      address: mask(email),
      ...rest,
    })),
  };
}
