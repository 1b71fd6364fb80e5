/** Asks hosts as a guest does: one request at a time to each, with a pause between, and as late as the host wishes. */
import { type Ask, type Call, ownFailures, type Reply } from "./ask.ts";

export interface Clock {
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Between two requests to one host. */
export const pauseMs = 1_000;
/** A host that wishes to be asked later than this is left alone. */
export const longestWaitMs = 60_000;

/** A host that asks for patience a second time, or for too much of it, gets no more requests: {@link ownFailures.resting}. */
export function politely(ask: Ask, clock: Clock): Ask {
  const lastTurns = new Map<string, Promise<Reply>>();
  const resting = new Set<string>();
  const turnAfter = async (before: Promise<Reply> | undefined, call: Call): Promise<Reply> => {
    await before;
    if (resting.has(call.url.host)) return { failure: ownFailures.resting };
    if (before) await clock.sleep(pauseMs);
    const reply = await askAgainIfWished(ask, call, clock);
    if (wantsPatience(reply)) resting.add(call.url.host);
    return reply;
  };
  return (call) => {
    const turn = turnAfter(lastTurns.get(call.url.host), call);
    lastTurns.set(call.url.host, turn);
    return turn;
  };
}

async function askAgainIfWished(ask: Ask, call: Call, { now, sleep }: Clock): Promise<Reply> {
  const reply = await ask(call);
  const waitMs = wantsPatience(reply) ? retryAfterMs(reply.retryAfter, now()) : undefined;
  if (waitMs === undefined || waitMs > longestWaitMs) return reply;
  await sleep(Math.max(waitMs, pauseMs));
  return ask(call);
}

/** "Too many requests", or "not now" with a time. @see RFC 6585 §4, RFC 9110 §15.6.4 */
export function wantsPatience(reply: Reply): reply is Exclude<Reply, { failure: string }> {
  if ("failure" in reply) return false;
  return reply.status === 429 || (reply.status === 503 && reply.retryAfter !== undefined);
}

/** Seconds or a date. @see RFC 9110 §10.2.3 */
function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now.getTime();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
