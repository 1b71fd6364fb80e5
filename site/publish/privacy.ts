/** What the site stores about its visitors, why, for how long, and how it is erased. */
import { type Html, type HtmlValue, html } from "../html.ts";
import type { Retention } from "./retention.ts";

/** For a reader who wants to know, not for a lawyer. Every number in it comes from `kept`, by which the functions delete. */
export function privacyNotes(kept: Retention): Html {
  return html`${reading(kept)}${writing(kept)}${subscribing(kept)}
<h2>Who else sees it</h2>
<p>Pages, functions and database run at a hosting company. Like every server it sees the network address of each request, and it counts the requests of an address to stop floods. Mails go through a mail provider. What our functions log is what they did or refused, with the time, the path and numbers that name the request and the row: no network address, no mail address, no text.</p>
<p>The theme that you choose is kept in your browser and sent to nobody; clear the data of this site there to forget it.</p>
`;
}

function reading({ viewRollUpDelayMinutes }: Retention): Html {
  return section("When you read", {
    what: "How often each article was read. To count you once a day, a code is kept for the rest of that day: made of your network address (of an IPv6 address the first half), the name of your browser, the name of this site, and a random number of the day. A second code, of the network address and that number alone, is kept with how many visitors came from there: beyond a few hundred no more are counted.",
    why: "To know which articles are read, and that it is people who read them. No code can be compared with that of another day.",
    howLong: html`Days are those of UTC. About ${minutes(viewRollUpDelayMinutes)} after the end of a day its codes are counted and deleted, and the random number with them. What stays is one number per article and day.`,
    erasing:
      "There is nothing left that could be found again. Browsers that send “Do Not Track” or “Global Privacy Control” are not counted, and nothing of them is stored.",
  });
}

function writing(kept: Retention): Html {
  const { contactKeepDays, contactRepeatMinutes, rateKeepHours } = kept;
  const { mailGiveUpDays, outboxKeepDays, outboxFailedKeepDays } = kept;
  return section("When you write", {
    what: html`Your name, your mail address, your message, when it came and whether it looks like junk, and codes of its content, by which the same message is known when it is sent again within ${minutes(contactRepeatMinutes)}, or later from the same page. Apart from it, codes of your network address (of an IPv6 address the first half) and of your mail address, made with a secret key, with the number of messages that may still come from there. The message is mailed to the owner of this site.`,
    why: "To answer you, and to keep floods of junk away; for nothing else.",
    howLong: html`The message is deleted after ${days(contactKeepDays)}, the codes of your addresses after ${count(rateKeepHours, "hour")} without a message. The record that the mail was sent holds no address and no text, and is deleted after ${days(outboxKeepDays)}; a mail that cannot be delivered is tried again for ${days(mailGiveUpDays)}, and the record of that is deleted after ${days(outboxFailedKeepDays)}. The mail itself is in the mailbox of the owner.`,
    erasing: html`Ask for it by the <a href="/contact/">contact form</a>, with the mail address that you gave.`,
  });
}

function subscribing(kept: Retention): Html {
  const { confirmLinkDays, pendingSignUpDays, signUpMailKeepDays, addressChangeDays, undoLinkHours } = kept;
  const { rateKeepHours, outboxKeepDays } = kept;
  return section("When you subscribe", {
    what: "Your mail address; the topics and the rhythm that you chose; when you asked, confirmed, changed your address and left, and the wording that you agreed to each time; and with each of these a code of your network address, made with a secret key. When a mail to you does not arrive, or you call one junk, that is noted. Apart from it, when a sign-up caused a mail to your address, under a code of the address made with a secret key, and codes of your network address and of the part of your mail address after the @ sign, with the number of sign-ups that may still come from there. Not whether you opened a mail or followed a link in it.",
    why: "To send you the articles that you want, to be able to prove that you asked for them, and to keep strangers from filling your mailbox with questions whether you did.",
    howLong: html`The link to confirm works for ${days(confirmLinkDays)}. A request that nobody confirmed is deleted ${days(pendingSignUpDays)} after its mail was due, with everything but the codes that stand apart: those with the time of a mail go after ${days(signUpMailKeepDays)}, the others after ${count(rateKeepHours, "hour")} without a sign-up or a mail that waits. A new address that nobody confirmed is deleted after ${days(addressChangeDays)}. Once confirmed, it is kept until you erase it: when you leave, you can undo that for ${count(undoLinkHours, "hour")}, and the address stays, marked as one that gets no mail. The record that a mail was sent is deleted after ${days(outboxKeepDays)}.`,
    erasing: html`The page of your subscription, which is linked where you confirm and in each mail, gives you all of it as a file, and has a button that erases the address and the codes of your network address at once; or ask for it by the <a href="/contact/">contact form</a>. What then stays is when you asked, confirmed and left, without saying who, and a code made of the address with a secret key, so that no import adds it again; such a code stays also of a mailbox that takes no mail. The code does not tell the address.`,
  });
}

interface Stored {
  readonly what: HtmlValue;
  readonly why: HtmlValue;
  readonly howLong: HtmlValue;
  readonly erasing: HtmlValue;
}

function section(title: string, { what, why, howLong, erasing }: Stored): Html {
  return html`<h2>${title}</h2>
<p><strong>What is stored:</strong> ${what}</p>
<p><strong>Why:</strong> ${why}</p>
<p><strong>How long:</strong> ${howLong}</p>
<p><strong>Having it erased:</strong> ${erasing}</p>
`;
}

const minutes = (n: number): string => count(n, "minute");
const days = (n: number): string => count(n, "day");

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
