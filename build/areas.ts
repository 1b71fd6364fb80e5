/** What the pages of each part of the site carry inside them, so that the policy of that part names nothing else. */
import type { Assets, InlineAsset } from "../site/publish/assets.ts";
import { type Area, areaPath } from "../site/publish/headers.ts";

export interface AreaCensus {
  /** `url` is a path from the origin. */
  add(url: string, page: string): void;
  /** Of all pages that were added. */
  areas(): readonly Area[];
}

/** The pages of `alone` are areas of their own besides. */
export function areaCensus(assets: Assets, alone: ReadonlySet<string>): AreaCensus {
  const ours = [...Object.values(assets.styles), assets.themeScript, assets.pairScript];
  const known = new Map<string, InlineAsset>(ours.map((asset) => [asset.content.markup, asset]));
  const carried = new Map<string, Set<InlineAsset>>();
  return {
    add(url, page) {
      // The area first: the later rule wins.
      for (const area of [areaPath(url), alone.has(url) ? url : undefined]) {
        if (!area) continue;
        const assetsOf = carried.get(area) ?? new Set();
        carried.set(area, assetsOf);
        // What an author has written into a page is none of ours, and stays forbidden.
        for (const content of inlineOf(page)) {
          const asset = known.get(content);
          if (asset) assetsOf.add(asset);
        }
      }
    },
    areas: () => [...carried].sort(byBreadth).map(([path, found]) => ({ path, ...hashesOf(assets, found) })),
  };
}

type Carried = readonly [path: string, assets: ReadonlySet<InlineAsset>];

/** Areas before the single pages in them, each in the order of their names: not in that in which pages happened to be made. */
function byBreadth([a]: Carried, [b]: Carried): number {
  return Number(b.endsWith("*")) - Number(a.endsWith("*")) || (a < b ? -1 : 1);
}

function inlineOf(page: string): readonly string[] {
  return [...page.matchAll(/<(style|script)>([\s\S]*?)<\/\1>/g)].map(([, , content = ""]) => content);
}

function hashesOf({ styles, themeScript, pairScript }: Assets, found: ReadonlySet<InlineAsset>): Omit<Area, "path"> {
  const hashes = (assets: readonly InlineAsset[]) => assets.filter((asset) => found.has(asset)).map(({ hash }) => hash);
  return { styles: hashes(Object.values(styles)), scripts: hashes([themeScript, pairScript]) };
}
