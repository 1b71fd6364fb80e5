/** The topics that a subscriber can choose from. */
import type { SiteManifest } from "../../../site/publish/manifest.ts";
import { limits } from "../limits.ts";

/** The blog's tags with the most posts, and those that were chosen before, by name. */
export function offeredTopics({ posts }: SiteManifest, chosen: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const tag of posts.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const most = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([tag]) => tag);
  const kept = new Set(chosen.slice(0, limits.topicsMax));
  const others = most.filter((tag) => !kept.has(tag)).slice(0, limits.topicsMax - kept.size);
  return [...kept, ...others].sort();
}
