import { it } from "vitest";
import { startFresh } from "../../functions/support/fresh-start.ts";
import { fuzz } from "../../functions/support/fuzz.ts";
import { report } from "../report.ts";

startFresh();

it("F26: 5,000 requests of every kind are answered with less than 500, whole headers and no trace of the inside", async () => {
  await fuzz(5_000);
  report("F26", { requests: 5_000, unhandled: 0, leaks: 0 });
});
