import { expect, it } from "vitest";
import { openNewsletter } from "./support/newsletter.ts";
import { repeated, sendAtOnce } from "./support/same-request.ts";

const opened = openNewsletter();

it.each(Object.entries(repeated))(
  "F16: %s, a hundred times at once, is done once before any of them is answered, with one mail and equal answers",
  async (_, what) => {
    const copies = await sendAtOnce(opened.mailbox, what, 1);
    expect(copies).toEqual({ requests: 100, answers: what.answers, wrong: 0, "mails too many": 0 });
  },
);
