/** Talks of which more is known than that they were given. */
import { slugify } from "../markdown/headings.ts";
import type { Achievements } from "./schemas.ts";

type Achievement = Achievements[number];
/** A talk with a page of its own. */
export type Talk = Achievement & { readonly abstract: string };

/** An abstract is what a page can begin with; a talk without one stands in lists. */
export function isTalk(achievement: Achievement): achievement is Talk {
  return achievement.kind === "talk" && Boolean(achievement.abstract);
}

export function talkUrl({ title }: Pick<Talk, "title">): string {
  return `/talks/${slugify(title)}/`;
}

/** When it was, as precisely as it is known: `2023-05-04`, or what the owner writes. */
export function whenOf({ date, when }: Pick<Achievement, "date" | "when">): string | undefined {
  return date ?? when ?? undefined;
}
