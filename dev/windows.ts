/** Which pages browsers show, so that they load anew what changed, and nothing else. */

export interface Windows {
  /** A browser asks for the page at a path. */
  asked(path: string): void;
  /** Pages are other ones now, by their paths; any of them when absent. */
  changed(paths?: readonly string[]): void;
  /** A window has begun to listen: of what changed since it asked for its page it has not been told. */
  listens(): void;
}

/** A window begins to listen within this time after it has asked for its page. */
const loadingMs = 5_000;

/** `reload` has every window load its page anew. */
export function openWindows(reload: () => void, now = () => performance.now()): Windows {
  const askedAt = new Map<string, number>();
  const changedAt = new Map<string, number>();
  return {
    asked: (path) => void askedAt.set(path, now()),
    changed(paths = [...askedAt.keys()]) {
      for (const path of paths) changedAt.set(path, now());
      if (paths.some((path) => askedAt.has(path))) reload();
    },
    listens() {
      const since = now() - loadingMs;
      if ([...askedAt].some(([path, at]) => at > since && (changedAt.get(path) ?? 0) > at)) reload();
    },
  };
}
