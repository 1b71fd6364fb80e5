/** Why a message that is right in itself cannot be taken now. */
import type { Problem } from "../http/problem.ts";

/** No database and no relay. */
export const outOfOrder: Problem = {
  status: 503,
  title: "Not available at the moment",
  detail: "The mailbox of this site is out of order at the moment. Please send your message again in a few minutes.",
  headers: { "Retry-After": "60" },
};
