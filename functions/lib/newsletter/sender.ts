/** The sender as a function of its own, and how the sweep starts it. */
import { setTimeout as wait } from "node:timers/promises";
import type { Context } from "@netlify/functions";
import { readText } from "../http/body.ts";
import { callFunction, isOwnCall } from "../internal-call.ts";
import { limits } from "../limits.ts";
import { errorFields, inRequest, log } from "../log.ts";
import type { Services } from "../services.ts";
import { hasDueDelivery, licence } from "../store/deliveries.ts";
import { finishIssues } from "../store/issue-books.ts";
import { leaseSender, releaseSender } from "../store/site-state.ts";
import { permissions } from "../sweep/deploy.ts";
import { sendDue } from "./send.ts";

const name = "newsletter-background";

/** Has the sender started when there is something to send. A sender that runs already makes it an idle twin. */
export async function startSender(services: Services): Promise<boolean> {
  const { database, config } = services;
  const { sendEpoch, relay } = config;
  if (!sendEpoch || !(await database.run((sql) => hasDueDelivery(sql, licence(sendEpoch, relay))))) return false;
  await callFunction(services, name, JSON.stringify({ start: "sender" }));
  return true;
}

/** Never rejects, whoever calls: the platform would call again, and tell the caller nothing anyway. */
export async function runSender(services: () => Services, request: Request, context: Context): Promise<void> {
  await inRequest(context.requestId ?? crypto.randomUUID(), async () => {
    try {
      const reason = await refusal(services(), request, context);
      if (reason) log("warn", "sender not started", { reason });
      else await send(services());
    } catch (error) {
      log("error", "sender failed", errorFields(error));
    }
  });
}

/** A preview has the keys, the epoch and a copy of the data, but not the leave. */
async function refusal({ config, keys, clock }: Services, request: Request, context: Context) {
  if (!permissions(config, context).mail) return "not the published site";
  const body = await readText(request, { maxBytes: limits.formBodyMaxBytes });
  const isOurs =
    request.method === "POST" && body.ok && isOwnCall(keys, request, { name, body: body.value, now: clock() });
  return isOurs ? undefined : "not signed by us";
}

/** One at a time, as long as all is well: that spares the relay connections. */
async function send(services: Services): Promise<void> {
  const { database } = services;
  if (!(await database.run((sql) => leaseSender(sql, { renew: false })))) return;
  const started = performance.now();
  const over = new AbortController();
  const renewing = renewLease(services, over.signal);
  try {
    const times = { claimUntil: started + limits.senderClaimMs, endBy: started + limits.senderMaxMs };
    const report = await sendDue(services, times);
    const done = await database.run(finishIssues);
    log("info", "sender ended", { ...report, done: done.length });
  } finally {
    over.abort();
    await renewing;
    await database.run(releaseSender);
  }
}

async function renewLease({ database }: Services, signal: AbortSignal): Promise<void> {
  const everyMs = (limits.senderLeaseSeconds * 1000) / 3;
  while (!signal.aborted) {
    await wait(everyMs, undefined, { signal, ref: false }).catch(() => {});
    if (!signal.aborted) await database.run((sql) => leaseSender(sql, { renew: true })).catch(() => {});
  }
}
