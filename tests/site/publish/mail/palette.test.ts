import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { dark, light } from "../../../../site/publish/mail/palette.ts";
import { root } from "../../../setup/site.ts";

const styles = await Promise.all(
  ["base", "code"].map((name) => readFile(path.join(root, `site/assets/styles/${name}.css`), "utf8")),
);
const css = styles.join("\n");

/** Where the style sheets say each colour. */
const places = {
  ...Object.fromEntries(
    ["paper", "surface", "tint", "ink", "quiet", "line", "accent"].map((name) => [name, `--${name}:`]),
  ),
  added: ".code ins {",
  removed: ".code del {",
  ...Object.fromEntries(["k", "s", "n", "f"].map((name) => [name, `.${name} {`])),
};

test.each(Object.entries(places))("has the site's own colours in mails: %s", (name, place) => {
  const [, inLight, inDark] = /light-dark\((#\w+), (#\w+)\)/.exec(css.slice(css.indexOf(place))) ?? [];
  expect({ light: light[name as keyof typeof light], dark: dark[name as keyof typeof dark] }).toEqual({
    light: inLight,
    dark: inDark,
  });
});

/** Red, green and blue from 0 to 1. */
type Rgb = readonly [number, number, number];

function rgb(colour: string): Rgb {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255) as unknown as Rgb;
}

/** @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((one) =>
    one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4,
  ) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** As clients that make dark mails of light ones turn both letters and grounds: light is dark, and hues stay. */
function turned(colour: Rgb): Rgb {
  const shift = 1 - Math.max(...colour) - Math.min(...colour);
  return colour.map((one) => one + shift) as unknown as Rgb;
}

const letters = ["ink", "quiet", "k", "s", "n", "f"] as const;
const grounds = ["paper", "surface", "tint", "added", "removed"] as const;
/** Comments and signs stand on marked lines too; accent is for links, which stand on no mark. */
const pairs = [
  ...letters.flatMap((letter) => grounds.map((ground) => [letter, ground] as const)),
  ["accent", "paper"] as const,
  ["accent", "surface"] as const,
];

test.each(pairs)("can be read in light mails and dark ones: %s on %s", (letter, ground) => {
  expect.soft(contrast(rgb(light[letter]), rgb(light[ground])), "light").toBeGreaterThanOrEqual(4.5);
  expect.soft(contrast(rgb(dark[letter]), rgb(dark[ground])), "dark").toBeGreaterThanOrEqual(4.5);
  const [inverted, below] = [turned(rgb(light[letter])), turned(rgb(light[ground]))];
  expect.soft(contrast(inverted, below), "made dark by the client").toBeGreaterThanOrEqual(4.5);
});

test.each(letters)("can be read where a client takes the grounds away: %s on white", (letter) => {
  expect(contrast(rgb(light[letter]), [1, 1, 1])).toBeGreaterThanOrEqual(4.5);
});
