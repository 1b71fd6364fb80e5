/** Every address of the site itself that a file for machines names, wherever it stands in it: something is there. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { doorPaths } from "../../build/functions.ts";
import { readNetlifyRules } from "../../build/netlify-rules.ts";
import { publishedBy } from "../../site/links/published.ts";
import { builtSite, root, siteUrl } from "../setup/site.ts";
import { builtFiles } from "./built-site.ts";

const files = await builtFiles();
const read = (file: string) => readFile(path.join(builtSite, file), "utf8");
const [headers, redirects] = await Promise.all([read("_headers"), read("_redirects")]);
const rules = await readNetlifyRules(root, { headers, redirects });
const published = publishedBy(files, { doors: await doorPaths(root), redirectFor: rules.redirectFor });

/** Absolute addresses of the site anywhere in a text: in XML, in JSON, in JSON within HTML, in HTML within XML. */
function addressesIn(text: string): readonly string[] {
  const unescaped = text.replaceAll("\\/", "/").replaceAll("&quot;", '"').replaceAll("&lt;", "<");
  return unescaped
    .split(siteUrl)
    .slice(1)
    .map((after) => /^[^\s"'<>)\\,;]*/.exec(after)?.[0] ?? "");
}

function isThere(address: string): boolean {
  const { pathname } = new URL(address, siteUrl);
  const target = published.at(decodeURIComponent(pathname));
  return target !== undefined && target.withSlash === undefined;
}

/** How many different addresses each kind of file names at least. */
const kinds: readonly (readonly [kind: string, name: RegExp, least: number])[] = [
  ["Atom", /(?:^|\/)feed\.xml$/, 60],
  ["RSS", /(?:^|\/)rss\.xml$/, 60],
  ["JSON Feed", /(?:^|\/)feed\.json$/, 60],
  ["the sitemap", /^sitemap\.xml$/, 40],
  ["robots.txt", /^robots\.txt$/, 1],
  ["llms.txt", /^llms\.txt$/, 10],
  ["security.txt", /^\.well-known\/security\.txt$/, 2],
  ["the JSON Resume", /^cv\.json$/, 1],
  ["the vCard", /^cv\.vcf$/, 1],
  ["pages, in their heads and their JSON-LD", /\.html$/, 50],
  ["articles as Markdown", /\.md$/, 6],
];

test.each(kinds)("every address in %s is published", async (_kind, name, least) => {
  const found = new Set<string>();
  for (const file of files.filter((file) => name.test(file)))
    for (const address of addressesIn(await read(file))) found.add(address);
  expect([...found].filter((address) => !isThere(address))).toEqual([]);
  expect(found.size).toBeGreaterThanOrEqual(least);
});

test("a feed names the pictures of its entries, and every address in its articles is absolute", async () => {
  const forms = await Promise.all(["feed.xml", "rss.xml", "feed.json"].map(read));
  const posts = JSON.parse(forms[2] ?? "{}").items as readonly { readonly image: string }[];
  expect(posts.length).toBeGreaterThan(5);
  for (const { image } of posts) {
    expect.soft(image).toMatch(`${siteUrl}/assets/cards/`);
    expect
      .soft(
        forms.map((form) => form.includes(image)),
        image,
      )
      .toEqual([true, true, true]);
  }
});

test("the web manifest names icons that are there, in the sizes that it says, and starts where there is a page", async () => {
  const { icons, start_url, scope, id, display } = JSON.parse(await read("site.webmanifest"));
  expect([start_url, scope, id].every(isThere)).toBe(true);
  expect(display).toBe("browser");
  const { default: sharp } = await import("sharp");
  for (const { src, sizes, type } of icons) {
    const { format, width, height } = await sharp(path.join(builtSite, src)).metadata();
    expect.soft(type, src).toBe(format === "svg" ? "image/svg+xml" : `image/${format}`);
    if (format !== "svg") expect.soft(`${width}x${height}`, src).toBe(sizes);
  }
  const raster = icons.filter(({ type }: { readonly type: string }) => type === "image/png");
  expect(raster.map(({ sizes, purpose }: Record<string, string>) => `${sizes} ${purpose}`)).toEqual([
    "192x192 any",
    "512x512 any",
    "512x512 maskable",
  ]);
  expect(rules.headersFor("/site.webmanifest")["Content-Type"]).toMatch(/^application\/manifest\+json/);
  expect(rules.headersFor("/")["Content-Security-Policy"]).toContain("manifest-src 'self'");
});

test("nothing that a circle may not hold stands outside of it in the maskable icon", async () => {
  const { default: sharp } = await import("sharp");
  const { data, info } = await sharp(path.join(builtSite, "icon-maskable.png"))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width } = info;
  const [ground, inside] = [[...data.subarray(0, 4)], new Set<string>()];
  let worst = 0;
  for (let at = 0; at < data.length; at += 4) {
    const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)];
    const isOutside = Math.hypot(x + 0.5 - width / 2, y + 0.5 - width / 2) > width * 0.4;
    if (isOutside)
      worst = Math.max(worst, ...ground.map((value, channel) => Math.abs((data[at + channel] ?? 0) - value)));
    else inside.add(data.subarray(at, at + 4).toString("hex"));
  }
  expect(ground[3]).toBe(255);
  // Two layers of one colour are a shade apart at their edges.
  expect(worst).toBeLessThanOrEqual(2);
  expect(inside.size).toBeGreaterThan(2);
});
