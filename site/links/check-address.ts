/** Finds out what became of one page elsewhere, following its redirects. */
import { type Ask, ownFailures, type Reply } from "./ask.ts";
import { wantsPatience } from "./polite.ts";
import type { Verdict } from "./verdict.ts";

const maxRedirects = 5;

export async function checkAddress(address: string, ask: Ask): Promise<Verdict> {
  let url = new URL(address);
  let isForGood = true;
  let newHome: URL | undefined;
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const reply = await askBriefly(url, ask);
    if (!isRedirect(reply)) return verdictOn(reply, newHome);
    const next = targetOf(reply, url);
    if (!next) return { kind: "unclear", why: "redirects to what is no web address" };
    // What comes behind a redirect of today may be another tomorrow.
    isForGood &&= reply.status === 301 || reply.status === 308;
    if (isForGood) newHome = next;
    url = next;
  }
  return { kind: "unclear", why: `redirects more than ${maxRedirects} times` };
}

type Response = Exclude<Reply, { failure: string }>;

/** HEAD, and GET where HEAD found nothing: many hosts refuse it, or answer it with a 404. */
async function askBriefly(url: URL, ask: Ask): Promise<Reply> {
  const reply = await ask({ method: "HEAD", url });
  const isRefused = "failure" in reply ? reply.failure === "ECONNRESET" : reply.status >= 400 && !wantsPatience(reply);
  return isRefused ? ask({ method: "GET", url }) : reply;
}

function isRedirect(reply: Reply): reply is Response {
  return "status" in reply && [301, 302, 303, 307, 308].includes(reply.status);
}

function targetOf({ location = "" }: Response, url: URL): URL | undefined {
  if (!location || !URL.canParse(location, url)) return undefined;
  const target = new URL(location, url);
  return /^https?:$/.test(target.protocol) ? target : undefined;
}

function verdictOn(reply: Reply, newHome: URL | undefined): Verdict {
  if ("failure" in reply) return verdictOnFailure(reply.failure);
  const { status } = reply;
  if (status >= 200 && status < 300) return newHome ? { kind: "moved", to: newHome.href } : { kind: "alive" };
  if (status === 404 || status === 410) return { kind: "gone", why: `answers ${status}` };
  if (wantsPatience(reply)) return { kind: "unasked", why: `answers ${status} and asks for patience` };
  return { kind: "unclear", why: `answers ${status}` };
}

/** As {@link checkAddress} says it of a name that nobody has. */
export const noSuchHost = "has a host that does not exist";

const failures: Readonly<Record<string, Verdict>> = {
  ENOTFOUND: { kind: "gone", why: noSuchHost },
  [ownFailures.timeout]: { kind: "unclear", why: "does not answer in time" },
  ECONNREFUSED: { kind: "unclear", why: "refuses the connection" },
  ECONNRESET: { kind: "unclear", why: "closes the connection" },
  [ownFailures.private]: { kind: "unasked", why: "leads into a private network" },
  [ownFailures.resting]: { kind: "unasked", why: "has a host that asked for patience" },
  EAI_AGAIN: { kind: "unasked", why: "has a name that cannot be looked up now" },
  ENETUNREACH: { kind: "unasked", why: "cannot be reached from here" },
  ENETDOWN: { kind: "unasked", why: "cannot be reached from here" },
};

function verdictOnFailure(failure: string): Verdict {
  return failures[failure] ?? { kind: "unclear", why: `fails with ${failure}` };
}
