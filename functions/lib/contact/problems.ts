/** Why a message that is right in itself cannot be taken now. */
import type { Problem } from "../http/problem.ts";

/** No database and no relay. */
export const outOfOrder: Problem = {
  status: 503,
  title: "Not available at the moment",
  detail: "The mailbox of this site is out of order at the moment. Please send your message again in a few minutes.",
  headers: { "Retry-After": "60" },
};

/** The header has the challenge that the page's script solves, to send the form again by itself. */
export function workFirst(challenge: string): Problem {
  return {
    status: 403,
    title: "Work first",
    detail: "So much is sent at the moment that your browser has to prove some work first. Please send it again.",
    headers: { Proof: challenge },
  };
}
