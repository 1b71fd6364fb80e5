import { brotliCompressSync } from "node:zlib";
import { parse } from "node-html-parser";
import { expect, it } from "vitest";
import { render } from "../../../site/pages/contact.11ty.ts";
import { buildAssets } from "../../../site/publish/assets.ts";
import type { TemplateData } from "../../../site/template.ts";
import { root } from "../../setup/site.ts";

function page(profile: { email?: string; whatsapp?: string }) {
  const { markup } = render({ model: { blog: { profile } } } as unknown as TemplateData);
  return { markup, document: parse(markup) };
}

it("has the owner's address only in a form that a script turns into a link", () => {
  const { markup, document } = page({ email: "owner@example.org", whatsapp: "+14155550100" });
  expect(markup).not.toMatch(/@|mailto|owner/);
  const link = document.querySelector("[data-mail]");
  expect(atob(link?.getAttribute("data-mail") ?? "")).toBe("owner@example.org");
  expect(link?.hasAttribute("hidden")).toBe(true);
  expect(document.querySelector("a:not([hidden])")?.getAttribute("href")).toBe("https://wa.me/14155550100");
  expect(document.querySelector('form[method="post"][action="/api/contact"]')).not.toBeNull();
});

it("leaves out the ways that the owner has not", () => {
  const { document } = page({});
  expect(document.querySelectorAll(".form-ways, [data-mail]")).toEqual([]);
});

it("has a script of at most 500 bytes", async () => {
  const { formScript } = await buildAssets(root);
  expect(brotliCompressSync(formScript.content).length).toBeLessThanOrEqual(500);
});
