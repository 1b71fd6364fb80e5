import { expect, it } from "vitest";
import { keyRing } from "../../../functions/lib/keys.ts";
import { shell } from "../../../functions/lib/page-shell.ts";
import { previewPath, readPreviewToken } from "../../../functions/lib/preview/link.ts";
import { showPreview } from "../../../functions/lib/preview/show-preview.ts";
import type { Services } from "../../../functions/lib/services.ts";
import { signClaims } from "../../../functions/lib/signed.ts";
import { site } from "../../../functions/lib/site-manifest.ts";
import preview from "../../../functions/preview.ts";
import { expectOnly, send } from "../support/doors.ts";
import { noDatabase, setEnvironment, siteUrl } from "../support/environment.ts";

const keys = keyRing([{ kid: "k1", secret: Buffer.alloc(32, 1) }]);
const other = keyRing([{ kid: "k1", secret: Buffer.alloc(32, 2) }]);
const expiresAt = Date.parse("2030-01-08T00:00:00Z") / 1000;
const html = '<!doctype html><title>Quiet</title><img src="a b.png">';
const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]);
const previews = { "quiet-draft": { html, files: { "a b.png": picture.toString("base64"), "data.csv": "YSxi" } } };

function show(path: string, now = "2030-01-07T23:59:59Z"): Response {
  const services = { keys, site, clock: () => new Date(now) } as Services;
  const url = new URL(path, siteUrl);
  return showPreview(services, previews, { url, request: new Request(url), ip: "", requestId: "", later: () => {} });
}

const link = previewPath(keys, { slug: "quiet-draft", expiresAt });

it("shows the page of the post and the pictures beside it, to nobody else and to no cache", async () => {
  const page = show(link);
  expect([page.status, await page.text()]).toEqual([200, html]);
  expect(page.headers.get("Content-Security-Policy")).toBe(shell.contentSecurityPolicy);
  for (const [name, value] of [
    ["Cache-Control", "private, no-store"],
    ["Referrer-Policy", "same-origin"],
    ["X-Robots-Tag", "noindex"],
  ] as const)
    expect(page.headers.get(name)).toBe(value);
  const image = show(`${link}a%20b.png`);
  expect([image.headers.get("Content-Type"), Buffer.from(await image.arrayBuffer())]).toEqual(["image/png", picture]);
  expect(show(`${link}data.csv`).headers.get("Content-Type")).toBe("application/octet-stream");
});

it("ends at its moment, and says so", async () => {
  const late = show(link, "2030-01-08T00:00:00Z");
  expect([late.status, await late.text()]).toEqual([410, expect.stringContaining("This link has ended")]);
  expect(show(`${link}a%20b.png`, "2030-01-08T00:00:00Z").status).toBe(410);
});

it("leads to the post once that is public", () => {
  const [post] = site.posts;
  const answer = show(previewPath(keys, { slug: post?.slug ?? "", expiresAt }));
  expect([answer.status, answer.headers.get("Location")]).toEqual([303, post?.url]);
});

it.each([
  ["nothing", "/preview/"],
  ["rubbish", "/preview/v1.k1.1-quiet-draft.aaaa/"],
  ["another key's link", previewPath(other, { slug: "quiet-draft", expiresAt })],
  ["another post", link.replace("quiet-draft", "other-draft")],
  ["a later end", link.replace(String(expiresAt), String(expiresAt + 1))],
  ["a token for another purpose", `/preview/${signClaims(keys, "unsubscribe", `${expiresAt}-quiet-draft`)}/`],
  ["a post that is not there", previewPath(keys, { slug: "gone", expiresAt })],
  ["a name of every object", previewPath(keys, { slug: "constructor", expiresAt })],
  ["a file that is not there", `${link}b.png`],
  ["a file of the machine", `${link}..%2f..%2fpackage.json`],
  ["a broken escape", `${link}%E0%A4%A`],
])("shows nothing for %s", async (_what, path) => {
  const answer = show(path);
  expect(answer.status).toBe(404);
  expect(await answer.text()).not.toContain("Quiet");
});

it("adds the slash from which pictures are found", () => {
  expect(show(link.slice(0, -1)).headers.get("Location")).toBe(link);
});

it("reads back what it made, slugs with numbers too", () => {
  const token = previewPath(keys, { slug: "7-things-2-do", expiresAt }).split("/")[2];
  expect(readPreviewToken(keys, token)).toEqual({ slug: "7-things-2-do", expiresAt });
});

it("has a door that answers GET only", async () => {
  await setEnvironment(noDatabase);
  await expectOnly(preview, link, "GET, HEAD");
  expect((await send(preview, "/preview/x/")).status).toBe(404);
});
