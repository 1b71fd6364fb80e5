import { parse } from "node-html-parser";
import { expect, test } from "vitest";
import { limits } from "../../../functions/lib/limits.ts";
import { privacyNotes } from "../../../site/publish/privacy.ts";
import { type Retention, retention } from "../../../site/publish/retention.ts";

test("states every time that the functions keep, and no number of its own", () => {
  const unmistakable = Object.keys(retention).map((key, at) => [key, 101 + at] as const);
  const { text } = parse(privacyNotes(Object.fromEntries(unmistakable) as Retention).markup);
  const stated = new Set([...text.matchAll(/\b\d+\b/g)].map(([number]) => Number(number)));
  expect([...stated].sort()).toEqual(unmistakable.map(([, number]) => number));
});

test("states times by which the functions work", () => {
  expect(limits).toMatchObject(retention);
});

test("says of each kind of data what, why, how long and how to have it erased", () => {
  const { text } = parse(privacyNotes(retention).markup);
  for (const question of ["What is stored:", "Why:", "How long:", "Having it erased:"])
    expect(text.split(question)).toHaveLength(4);
  expect(text).toContain("for 1 hour,");
});
