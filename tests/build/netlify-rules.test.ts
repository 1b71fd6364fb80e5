import { expect, test } from "vitest";
import { readNetlifyRules } from "../../build/netlify-rules.ts";
import { root } from "../setup/site.ts";

const rules = await readNetlifyRules(root, {
  headers: "/*\n  X-Test: a: b\n/assets/*\n  X-Test: assets\n",
  redirects: "/2019/old /posts/new/ 301\n",
});

test("gives a path the headers of netlify.toml and of the built _headers, the later rule winning", () => {
  expect(rules.headersFor("/posts/")).toMatchObject({ "X-Content-Type-Options": "nosniff", "X-Test": "a: b" });
  expect(rules.headersFor("/assets/page-1.js")).toMatchObject({
    "X-Test": "assets",
    "Cache-Control": expect.stringContaining("immutable"),
  });
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
