/** What caches were good for in one run. */

export interface CacheUse {
  readonly found: number;
  readonly made: number;
  /** Milliseconds that it once took to make what was found. */
  readonly savedMs: number;
}

export interface UseCounter {
  /** `ms` is what it once took to make. */
  found(ms: number): void;
  made(): void;
  use(): CacheUse;
}

export function countUse(): UseCounter {
  let [found, made, savedMs] = [0, 0, 0];
  return {
    found(ms) {
      found += 1;
      savedMs += ms;
    },
    made() {
      made += 1;
    },
    use: () => ({ found, made, savedMs }),
  };
}

export function sumOfUses(uses: readonly CacheUse[]): CacheUse {
  const sum = (of: keyof CacheUse) => uses.reduce((all, use) => all + use[of], 0);
  return { found: sum("found"), made: sum("made"), savedMs: sum("savedMs") };
}
