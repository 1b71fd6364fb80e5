import { expect, it } from "vitest";
import { killWhileWriting } from "../functions/support/kill-while-writing.ts";
import { report } from "./report.ts";

it("F36: the embedded database loses nothing acknowledged in fifty kills of its process", async () => {
  const losses = await killWhileWriting(50);
  report("F36", losses);
  expect(losses.lost).toBe(0);
});
