import { expect, test } from "vitest";
import { readNetlifyRules } from "../../build/netlify-rules.ts";
import { root } from "../setup/site.ts";

const rules = await readNetlifyRules(root, {
  headers: "/*\n  X-Test: a: b\n  X-Other: kept\n/assets/*\n  X-Test: assets\n",
  redirects: "/2019/old /posts/new/ 301\n",
});

test("gives a path the headers of every rule that it matches, the later rule winning", () => {
  expect(rules.headersFor("/posts/")).toEqual({ "X-Test": "a: b", "X-Other": "kept" });
  expect(rules.headersFor("/assets/page-1.js")).toEqual({ "X-Test": "assets", "X-Other": "kept" });
});

test.each([
  ["/feed", "/feed.xml"],
  ["/feed/", "/feed.xml"],
  ["/blog/quiet/", "/posts/quiet/"],
  ["/2019/old/", "/posts/new/"],
])("redirects %s to %s", (from, to) => {
  expect(rules.redirectFor(from)).toEqual({ to, status: 301 });
});

test("redirects nothing else", () => {
  expect(rules.redirectFor("/posts/")).toBeUndefined();
});

test("knows when the sweep runs", () => {
  expect(rules.schedules.get("sweep")).toBe("* * * * *");
});
