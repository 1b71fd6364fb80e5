/** Kills builds at random moments, and holds what the next build makes against what one makes from nothing. */
import { rm } from "node:fs/promises";
import path from "node:path";
import { generatedIn } from "../../build/generated.ts";
import { buildSite } from "../../build/site.ts";
import { root } from "../setup/site.ts";
import { startBuild } from "./build-apart.ts";
import { digests, editPost, smallSite } from "./small-site.ts";

/**
 * Kills so many builds, each of which has four posts to make anew. After each `checkEvery` of them one is left to end: gives
 * what it made otherwise than a build from nothing makes it.
 */
export async function killBuilds(
  count: number,
  { checkEvery }: { readonly checkEvery: number },
): Promise<readonly string[]> {
  const folder = await smallSite();
  try {
    return await killIn(folder, count, checkEvery);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function killIn(folder: string, count: number, checkEvery: number): Promise<readonly string[]> {
  const build = async (output: string, cache?: string) => {
    const generated = generatedIn(path.join(folder, "generated"));
    const [site, kept] = [path.join(folder, output), cache && path.join(folder, cache)];
    await buildSite({ root, content: folder, output: site, cache: kept, generated, isPreview: false });
    return digests(site);
  };
  const differing: string[] = [];
  let kills = 0;
  let lifeMs = await buildFor(folder, Number.POSITIVE_INFINITY);
  for (let round = 1; kills < count; round += 1) {
    await edit(folder, round);
    const deathMs = lifeMs * (0.2 + 0.8 * Math.random());
    const endMs = await buildFor(folder, deathMs);
    // It was sooner done than the ones before.
    if (endMs < deathMs) lifeMs = endMs;
    else kills += 1;
    if (endMs < deathMs || kills % checkEvery !== 0) continue;
    const [mended, fromNothing] = [await build("_site", ".cache"), await build("_nothing")];
    const all = new Set([...Object.keys(mended), ...Object.keys(fromNothing)]);
    differing.push(...[...all].filter((file) => mended[file] !== fromNothing[file]));
  }
  return differing;
}

/** Gives the milliseconds until it was done, or else, killed after `mostMs`, those. */
async function buildFor(folder: string, mostMs: number): Promise<number> {
  const started = performance.now();
  const { child, report } = startBuild({ folder });
  const timer = Number.isFinite(mostMs) && setTimeout(() => child.kill("SIGKILL"), mostMs);
  const failure = await report;
  if (timer) clearTimeout(timer);
  if (child.signalCode === "SIGKILL") return mostMs;
  if (failure) throw new Error(failure);
  return Math.min(performance.now() - started, mostMs - 1);
}

async function edit(folder: string, round: number): Promise<void> {
  const text = `Text of round ${round}.\n\n${"More of it. ".repeat(round * 10)}\n`;
  await editPost(folder, "2026-01-10-code.md", { title: `Title ${round}` }, text);
  await editPost(folder, "2026-01-13-chart.md", { tags: `[of-${round}]` }, text);
  await editPost(folder, "2026-01-14-notes.md", { published: `2026-01-${(round % 20) + 10}` }, text);
  await editPost(folder, "2026-02-02-steps-2.md", { series: `Series ${round % 3}`, part: "1" }, text);
}
