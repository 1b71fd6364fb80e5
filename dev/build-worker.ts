/** A build of the whole site in a thread of its own, with the code as it is on disk. */
import { parentPort, workerData } from "node:worker_threads";
import { buildSite, type SiteBuild } from "../build/site.ts";
import { formatReport } from "../site/content/problem.ts";
import type { RelatedBySlug } from "../site/template.ts";

export type BackgroundResult =
  | {
      readonly ok: true;
      /** Empty where there are none. */
      readonly warnings: string;
      /** Paths from the origin of files that are other ones now, or gone. */
      readonly changed: readonly string[];
      readonly related: RelatedBySlug;
    }
  | { readonly ok: false; readonly report: string };

async function build(wish: SiteBuild): Promise<BackgroundResult> {
  try {
    const { warnings, change, model } = await buildSite(wish);
    const changed = [...change.written, ...change.removed];
    return { ok: true, warnings: formatReport(warnings), changed, related: model.related };
  } catch (error) {
    const { name, message, stack } = error as Error;
    return { ok: false, report: name === "ContentError" ? message : (stack ?? message) };
  }
}

parentPort?.postMessage(await build(workerData as SiteBuild));
