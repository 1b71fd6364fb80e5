/** Blocks of code as readers use them, in a real Chromium under the site's own policy. */
import AxeBuilder from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { html } from "../../site/html.ts";
import { renderArticle } from "../../site/markdown/render.ts";
import { type Assets, buildAssets } from "../../site/publish/assets.ts";
import { contentSecurityPolicy } from "../../site/publish/headers.ts";
import { launchChromium } from "../setup/browser.ts";
import { root } from "../setup/site.ts";

const wide =
  "const x = 1; // so long that it scrolls in the windows of phones and of desktops, wherever it may stand at all";
const source = `
\`\`\`ts title="plain.ts"
if (a < b) {
\treturn "ä & ö";

}
\`\`\`

\`\`\`ts numbers=98 {2} words="two"
const one = 1;
const two = 2;
${wide}
\`\`\`

\`\`\`ts diff title="change.ts"
 keep();
-old();
+now();
\`\`\`

\`\`\`console
$ npm ci \\
    --offline
added 300 packages
# whoami
root
\`\`\`

\`\`\`ts focus={2}
const one = 1;
const two = 2;
\`\`\`

\`\`\`ts title="long.ts" collapse=3
${Array.from({ length: 40 }, (_, at) => `line(${at + 1});`).join("\n")}
\`\`\`

::: tabs
\`\`\`ts
${wide}
\`\`\`
\`\`\`python
print("tab two")
\`\`\`
\`\`\`sh title="third" collapse=1
echo three
echo four
\`\`\`
:::

\`\`\`sh
ls
\`\`\`

- Item

  \`\`\`ts
  const indented = 1;
  \`\`\`
`;

let browser: Browser;
let assets: Assets;
let page: string;

beforeAll(async () => {
  [assets, browser] = await Promise.all([buildAssets(root), launchChromium()]);
  const article = renderArticle(source);
  expect(article.problems).toEqual([]);
  const { base, prose, code, rare } = assets.styles;
  page = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Code</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
${[base, prose, code, rare].map(({ content }) => html`<style>${content}</style>`)}
<script type="module" src="${assets.pageScript.url}"></script></head>
<body><main><article class="post"><h1>Code</h1><div class="prose">${article.html}</div></article></main></body></html>`
    .markup;
});

afterAll(() => browser?.close());

async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"],
    ...options,
  });
  onTestFinished(() => context.close());
  const opened = await context.newPage();
  const messages: string[] = [];
  opened.on("console", (message) => messages.push(message.text()));
  opened.on("pageerror", (error) => messages.push(String(error)));
  onTestFinished(() => expect(messages).toEqual([]));
  await opened.route("**/*", (route) =>
    new URL(route.request().url()).pathname === "/"
      ? route.fulfill({
          contentType: "text/html",
          headers: { "content-security-policy": contentSecurityPolicy(assets) },
          body: page,
        })
      : route.fulfill({ contentType: "text/javascript", body: assets.pageScript.content }),
  );
  await opened.goto("https://code.example/");
  return opened;
}

const block = (opened: Page, text: string) => opened.locator("figure.code", { hasText: text });

test.each([
  ["plain.ts", 'if (a < b) {\n\treturn "ä & ö";\n\n}'],
  ["const two = 2;\nconst x", `const one = 1;\nconst two = 2;\n${wide}`],
  ["change.ts", "keep();\nnow();"],
  ["npm ci", "npm ci \\\n    --offline\nwhoami"],
  ["long.ts", Array.from({ length: 40 }, (_, at) => `line(${at + 1});`).join("\n")],
])("copies the source of %s", async (text, copied) => {
  const opened = await openPage();
  const figure = block(opened, text);
  await figure.hover();
  await figure.getByRole("button", { name: /^Copy code \d/ }).click();
  await opened.getByRole("status").getByText("Copied").waitFor();
  expect(await opened.evaluate(() => navigator.clipboard.readText())).toBe(copied);
});

test("copies by the keyboard, says so politely, and then has nothing more to say", async () => {
  const opened = await openPage();
  const button = opened.getByRole("button", { name: "Copy code 1: plain.ts" });
  await button.focus();
  expect(await button.evaluate((element) => getComputedStyle(element).opacity)).toBe("1");
  await opened.keyboard.press("Enter");
  const status = opened.getByRole("status");
  await status.getByText("Copied").waitFor();
  expect(await button.textContent()).toBe("Copied");
  await expect.poll(() => status.textContent(), { timeout: 10_000 }).toBe("");
  expect(await button.textContent()).toBe("Copy");
});

test("says so when the browser refuses to copy", async () => {
  const opened = await openPage({ permissions: [] });
  await opened.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await opened.getByRole("button", { name: "Copy code 1: plain.ts" }).focus();
  await opened.keyboard.press("Enter");
  await opened.getByRole("status").getByText("Not copied").waitFor();
});

test("shows the copy button to fingers at once, beside the code and never on it", async () => {
  const opened = await openPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const boxes = await opened.locator("figure.code:not(.tabs *)").evaluateAll((figures) =>
    figures.map((figure) => {
      const button = figure.querySelector(".copy") as Element;
      const code = figure.querySelector("pre") as Element;
      const { opacity } = getComputedStyle(button);
      const { bottom, height, width } = button.getBoundingClientRect();
      return { opacity, isAbove: bottom <= code.getBoundingClientRect().top + 0.5, size: Math.min(height, width) };
    }),
  );
  expect(boxes).toHaveLength(8);
  for (const { opacity, isAbove, size } of boxes) {
    expect(opacity).toBe("1");
    expect(isAbove).toBe(true);
    expect(size).toBeGreaterThanOrEqual(24);
  }
});

test("selects neither prompts nor signs", async () => {
  const opened = await openPage();
  const selected = await block(opened, "npm ci")
    .locator("code")
    .evaluate((code) => {
      getSelection()?.selectAllChildren(code);
      return getSelection()?.toString();
    });
  expect(selected?.trim()).toBe("npm ci \\\n    --offline\nadded 300 packages\nwhoami\nroot");
});

const shown = (opened: Page) =>
  opened.locator(".tabs pre").evaluateAll((all) => all.map((one) => one.checkVisibility()));

test.each([true, false])("changes tabs by the keyboard, with JavaScript: %s", async (javaScriptEnabled) => {
  const opened = await openPage({ javaScriptEnabled });
  expect(await shown(opened)).toEqual([true, false, false]);
  await opened.getByRole("radio", { name: "TypeScript" }).focus();
  await opened.keyboard.press("ArrowRight");
  expect(await shown(opened)).toEqual([false, true, false]);
  await opened.keyboard.press("ArrowRight");
  expect(await shown(opened)).toEqual([false, false, true]);
  await opened.keyboard.press("ArrowRight");
  expect(await shown(opened)).toEqual([true, false, false]);
  await opened.locator("label", { hasText: "Python" }).click();
  expect(await shown(opened)).toEqual([false, true, false]);
});

test("copies the tab that shows, and has no button for the others", async () => {
  const opened = await openPage();
  const group = opened.getByRole("group", { name: "Variants 1" });
  await group.locator("label", { hasText: "Python" }).click();
  await group.getByRole("button", { name: "Copy code 8: Python" }).click();
  await opened.getByRole("status").getByText("Copied").waitFor();
  expect(await opened.evaluate(() => navigator.clipboard.readText())).toBe('print("tab two")');
  expect(await group.getByRole("button").count()).toBe(1);
});

test("marks the tab that shows other than by colour, and the one with the focus", async () => {
  const opened = await openPage();
  const radio = opened.getByRole("radio", { name: "TypeScript" });
  const label = opened.locator("figcaption label", { hasText: "TypeScript" });
  await radio.focus();
  await opened.keyboard.press("ArrowLeft");
  await opened.keyboard.press("ArrowRight");
  const style = await label.evaluate((element) => {
    const { textDecorationLine, outlineStyle } = getComputedStyle(element);
    return { textDecorationLine, outlineStyle };
  });
  expect(style).toEqual({ textDecorationLine: "underline", outlineStyle: "solid" });
});

/** Whether a line of the long block stands within what shows of it. */
async function isInSight(opened: Page, text: string): Promise<boolean> {
  return block(opened, "long.ts")
    .locator("pre")
    .evaluate((pre, wanted) => {
      const walker = document.createTreeWalker(pre, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      // The number is a token of its own.
      while (walker.nextNode()) if (walker.currentNode.textContent === wanted) range.selectNode(walker.currentNode);
      const line = range.getBoundingClientRect();
      const box = pre.getBoundingClientRect();
      return line.height > 0 && line.top >= box.top && line.bottom <= box.bottom;
    }, text);
}

test.each([true, false])("unfolds a long block and folds it again, with JavaScript: %s", async (javaScriptEnabled) => {
  const opened = await openPage({ javaScriptEnabled });
  const all = opened.getByRole("checkbox", { name: "Show all 40 lines" });
  expect(await isInSight(opened, "3")).toBe(true);
  expect(await isInSight(opened, "30")).toBe(false);
  await all.focus();
  await opened.keyboard.press("Space");
  expect(await isInSight(opened, "30")).toBe(true);
  await opened.keyboard.press("Space");
  expect(await isInSight(opened, "30")).toBe(false);
});

test("brings into sight what is searched for in a folded block", async () => {
  const opened = await openPage();
  expect(await isInSight(opened, "30")).toBe(false);
  // A link to a text finds and shows it as the browser's own search does.
  await opened.goto("about:blank");
  await opened.goto("https://code.example/#:~:text=line(30)");
  await expect.poll(() => isInSight(opened, "30")).toBe(true);
});

test("prints all lines, all tabs with their names, wrapped, and nothing to press", async () => {
  const opened = await openPage({ viewport: { width: 700, height: 900 } });
  await opened.emulateMedia({ media: "print" });
  expect(await isInSight(opened, "40")).toBe(true);
  expect(await shown(opened)).toEqual([true, true, true]);
  const names = opened.locator(".tabs figcaption");
  expect(await names.allInnerTexts()).toEqual(["TypeScript", "Python", "third"]);
  const tops = await opened
    .locator(".tabs :is(figcaption, pre)")
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  expect(tops).toEqual(tops.toSorted((a, b) => a - b));
  expect(new Set(tops).size).toBe(6);
  for (const control of await opened.locator("input, .copy, figure > label").all())
    expect(await control.isVisible()).toBe(false);
  const overflowing = await opened
    .locator("pre")
    .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth));
  expect(overflowing).toEqual([]);
});

test("gives lines out of focus their colours back when they are looked at", async () => {
  const opened = await openPage();
  const figure = opened.locator("figure.code", { has: opened.locator(".dim") });
  const colours = () =>
    figure.locator(".k").evaluateAll((all) => new Set(all.map((one) => getComputedStyle(one).color)).size);
  expect(await colours()).toBe(2);
  await figure.hover();
  expect(await colours()).toBe(1);
});

test("moves nothing, whatever the reader prefers", async () => {
  for (const reducedMotion of ["reduce", "no-preference"] as const) {
    const opened = await openPage({ reducedMotion });
    await opened.getByRole("checkbox", { name: "Show all 40 lines" }).check();
    await opened.locator("label", { hasText: "Python" }).click();
    expect(await opened.evaluate(() => document.getAnimations().length)).toBe(0);
  }
});

test("says everything without colours of its own", async () => {
  const opened = await openPage({ forcedColors: "active" });
  const widthOf = (element: Element) => Number.parseFloat(getComputedStyle(element).borderLeftWidth);
  expect(await opened.locator("mark.l").evaluate(widthOf)).toBe(3);
  expect(await opened.locator("del .p, ins .p").allTextContents()).toEqual(["-", "+"]);
  expect(await opened.locator(".w").evaluate((word) => getComputedStyle(word).borderBottomStyle)).toBe("solid");
});

test.each([320, 390, 1280])(
  "has no accessibility finding at %i px, in both schemes and in high contrast",
  async (width) => {
    const opened = await openPage({ viewport: { width, height: 844 } });
    await opened.getByRole("checkbox", { name: "Show all 40 lines" }).check();
    for (const [tab, media] of [
      ["TypeScript", { colorScheme: "light" }],
      ["third", { colorScheme: "dark" }],
      ["Python", { contrast: "more" }],
    ] as const) {
      await opened.emulateMedia(media);
      await opened.locator("label", { hasText: tab }).click();
      const { violations } = await new AxeBuilder({ page: opened }).setLegacyMode().analyze();
      const findings = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
      expect.soft(findings, JSON.stringify(media)).toEqual([]);
    }
    expect(await opened.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  },
);

test.each([320, 390, 1280])("lets nothing scroll at %i px that the keyboard cannot reach", async (width) => {
  const opened = await openPage({ viewport: { width, height: 844 } });
  const stuck = await opened
    .locator("pre:not([tabindex])")
    .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent));
  expect(stuck).toEqual([]);
});
