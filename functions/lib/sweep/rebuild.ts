/** Has the host build the site again when the time of a post has come: pages are files, nothing else would show it. */
import { limits } from "../limits.ts";
import { errorFields, log } from "../log.ts";
import type { Services } from "../services.ts";
import { claimRebuild, finishRebuild } from "../store/rebuild.ts";

/**
 * Calls the build hook for the latest moment that has come since the last build; whether it was called. One build shows
 * everything that is due, and the site it makes no longer lists the moment. The hook is called once per moment; again only
 * when it did not answer, after 1, 2, 4 … minutes up to an hour.
 */
export async function rebuildWhenDue({ config, site, database, clock }: Services): Promise<boolean> {
  const { buildHookUrl } = config;
  const now = clock().toISOString();
  const due = site.due.findLast((moment) => moment <= now);
  if (!due || !buildHookUrl) return false;
  const claim = await database.run((sql) => claimRebuild(sql, due));
  if (!claim) return false;
  try {
    await callHook(buildHookUrl);
  } catch (error) {
    // The address is as good as a password, and an error may quote it.
    log("error", "build hook failed", { due, attempt: claim.attempts, ...errorFields(error) });
    return false;
  }
  await database.run((sql) => finishRebuild(sql, claim));
  log("info", "build started", { due });
  return true;
}

async function callHook(url: string): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    body: "{}",
    redirect: "error",
    signal: AbortSignal.timeout(limits.hookWaitMs),
  });
  await response.body?.cancel();
  if (!response.ok) throw Object.assign(new Error("the build hook refused"), { code: `HTTP_${response.status}` });
}
