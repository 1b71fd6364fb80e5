/** Every colour of code against every ground that it stands on, read from the style sheets themselves. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { root } from "../../setup/site.ts";

type Pair = readonly [light: string, dark: string];

let base: string;
let code: string;
let tabs: string;
beforeAll(async () => {
  [base, code, tabs] = (await Promise.all(
    ["base", "code", "tabs"].map((name) => readFile(path.join(root, `site/assets/styles/${name}.css`), "utf8")),
  )) as [string, string, string];
});

/** The two hexadecimal colours of a property in the first rule with this selector. */
function pairOf(styles: string, selector: string, property: string): Pair {
  const escaped = RegExp.escape(selector);
  const [, rule = ""] = new RegExp(`(?:^|,)\\s*${escaped}(?:,[^{]*)? \\{([^}]*)\\}`, "m").exec(styles) ?? [];
  const [, light, dark] = new RegExp(`(?:^|\\s)${property}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(rule) ?? [];
  if (!light || !dark) throw new Error(`no light-dark() in ${property} of ${selector}`);
  return [light, dark];
}

const grounds = (): Readonly<Record<string, Pair>> => ({
  surface: pairOf(base, ":root", "--surface"),
  "marked line or word": pairOf(code, ".code", "--tint"),
  "added line": pairOf(code, ".code ins", "background"),
  "removed line": pairOf(code, ".code del", "background"),
});

const inks = (): Readonly<Record<string, Pair>> => ({
  ".k": pairOf(code, ".k", "color"),
  ".s": pairOf(code, ".s", "color"),
  ".n": pairOf(code, ".n", "color"),
  ".f": pairOf(code, ".f", "color"),
  // Comments, numbers of lines, prompts, output and what steps back.
  "--quiet": pairOf(base, ":root", "--quiet"),
  "--ink": pairOf(base, ":root", "--ink"),
  "--accent": pairOf(base, ":root", "--accent"),
});

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test("gives every token 4.5:1 on every ground, in both schemes", () => {
  for (const [ink, colours] of Object.entries(inks())) {
    for (const [ground, behind] of Object.entries(grounds())) {
      for (const [scheme, at] of [
        ["light", 0],
        ["dark", 1],
      ] as const) {
        const ratio = contrast(colours[at], behind[at]);
        expect.soft(ratio, `${ink} on ${ground}, ${scheme}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  }
});

test("has five colours for tokens, and no colour of text besides those of the page", () => {
  const own = [...`${code}${tabs}`.matchAll(/^\s+color: (.*);$/gm)].map(([, colour]) => colour);
  expect(new Set(own.filter((colour) => colour?.startsWith("light-dark(")))).toHaveLength(4);
  const shared = own.filter((colour) => !colour?.startsWith("light-dark("));
  expect(new Set(shared)).toEqual(new Set(["var(--quiet)", "var(--accent)", "var(--ink)", "inherit"]));
  expect(code).toMatch(/^\.c,$/m);
});

test("tells grounds apart from the surface, and added from removed lines", () => {
  const { surface = ["", ""], ...others } = grounds();
  for (const [ground, behind] of Object.entries(others)) {
    for (const at of [0, 1] as const) expect.soft(contrast(behind[at], surface[at]), ground).toBeGreaterThan(1.08);
  }
});

test("moves nothing", () => {
  expect(code + tabs).not.toMatch(/transition|animation|@keyframes|scroll-behavior/);
});
