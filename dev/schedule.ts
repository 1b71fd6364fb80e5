/** The clock of scheduled functions. */
import { Cron } from "croner";

/** Runs each function on its schedule (UTC, as in production), never twice at once. Returns how to stop. */
export function runSchedules(schedules: ReadonlyMap<string, string>, run: (name: string) => Promise<void>): () => void {
  const jobs = [...schedules].map(
    ([name, expression]) => new Cron(expression, { timezone: "UTC", protect: true, unref: true }, () => run(name)),
  );
  return () => {
    for (const job of jobs) job.stop();
  };
}
