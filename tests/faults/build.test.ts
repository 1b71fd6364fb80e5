import { expect, it } from "vitest";
import { killBuilds } from "../build/killed-builds.ts";
import { report } from "./report.ts";

it("F41: fifty builds killed at random moments, each followed by one that makes the same site as from nothing", async () => {
  const differing = await killBuilds(50, { checkEvery: 1 });
  report("F41", { kills: 50, "files that differ": differing.length });
  expect(differing).toEqual([]);
});
