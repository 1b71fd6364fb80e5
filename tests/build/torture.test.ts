/** One article with everything that Markdown can do here, as a page. */
import { beforeAll, expect, test } from "vitest";
import { type TorturePage, torturePage } from "../setup/torture.ts";
import { validateHtml } from "./valid-html.ts";

let page: TorturePage;
beforeAll(async () => {
  page = await torturePage();
});

test("finds nothing wrong in its text", () => {
  expect(page.problems).toEqual([]);
});

test("is valid HTML", async () => {
  expect(await validateHtml(page.html)).toEqual([]);
});

test("carries no style but those of the policy, and no handler", () => {
  expect(page.html).not.toMatch(/<[^>]*\s(?:style|on[a-z]+)=/);
  for (const [, styles = ""] of page.html.matchAll(/<style>([^<]*)<\/style>/g)) expect(styles).not.toBe("");
});
