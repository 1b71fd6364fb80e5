/** A stop-watch for the stages of a build, which come one after the other. What it shows goes to the terminal and into no file. */

/** Milliseconds by the names of stages, in the order in which each ended first. */
export type StageTimes = ReadonlyMap<string, number>;

export interface StopWatch {
  /** Ends a stage, which began where the last one ended. One of the same name is added to. */
  ended(stage: string): void;
  readonly times: StageTimes;
}

/** Both in milliseconds since the process began. */
export function startWatch(started = performance.now(), now = () => performance.now()): StopWatch {
  const times = new Map<string, number>();
  let last = started;
  return {
    times,
    ended(stage) {
      const since = last;
      last = now();
      times.set(stage, (times.get(stage) ?? 0) + last - since);
    },
  };
}
