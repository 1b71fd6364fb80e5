/** Dead links of a built site, on a small one that was made up. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { formatReport } from "../../../site/content/problem.ts";
import { outputProblems } from "../../../site/links/check-output.ts";
import { readOutput } from "../../../site/links/output.ts";
import type { Host } from "../../../site/links/published.ts";

const redirects: Readonly<Record<string, string>> = {
  "/old/": "/posts/a/",
  "/lost/": "/posts/none/",
  "/away/": "https://elsewhere.example/",
  "/round/": "/round/",
};
const host: Host = {
  doors: ["/api/contact", "/preview/*"],
  redirectFor: (address) => (redirects[address] ? { to: redirects[address] } : undefined),
};

/** What there is on every site of these tests. */
const usual = {
  "index.html": '<link rel="canonical" href="https://blog.example/"><h1 id="start">Home</h1>',
  "posts/a/index.html": '<h1 id="top-of-a">A</h1><h2 id="größe">Size</h2><a name="old-name"></a>',
  "posts/a/a.png": "",
  "posts/a.md": "# A",
  _redirects: "",
  _headers: "",
};

async function reportOn(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "firstflight-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [file, content] of Object.entries({ ...usual, ...files })) {
    await mkdir(path.dirname(path.join(folder, "_site", file)), { recursive: true });
    await writeFile(path.join(folder, "_site", file), content);
  }
  const output = await readOutput(folder, "_site");
  const problems = output ? await outputProblems(output, host) : [];
  return problems.length > 0 ? formatReport(problems).split("\n").slice(0, -2) : [];
}

test.each([
  "/",
  "/index.html",
  "/posts/a/",
  "../posts/a/",
  "#start",
  "#",
  "#top",
  "/posts/a/#gr%C3%B6%C3%9Fe",
  "/posts/a/#old-name",
  "/posts/a/#:~:text=Size",
  "/posts/a/a.png#page=2",
  "/posts/a.md?raw",
  "https://blog.example/posts/a/#top-of-a",
  "/old/#top-of-a",
  "/away/",
  "/api/contact",
  "/preview/some-token/",
  "https://elsewhere.example/none",
  "mailto:owner@blog.example",
  "data:text/plain,x",
])("finds %s", async (address) => {
  expect(await reportOn({ "x/index.html": `<p id="start"><a href="${address}">x</a>` })).toEqual([]);
});

test.each([
  ["/posts/b/", "nothing is published at /posts/b/; did you mean /posts/a/?"],
  ["b.png", "nothing is published at /x/b.png"],
  ["//blog.example/nowhere-at-all", "nothing is published at /nowhere-at-all"],
  ["/lost/", "nothing is published at /lost/"],
  ["/round/", "nothing is published at /round/"],
  ["/_headers", "nothing is published at /_headers"],
  ["/Posts/A/", "nothing is published at /Posts/A/; did you mean /posts/a/?"],
  ["/posts/a/#top-of-b", 'there is no "#top-of-b" on /posts/a/; did you mean "#top-of-a"?'],
  ["/old/#nowhere", 'there is no "#nowhere" on /old/'],
  ["#start", 'there is no "#start" on /x/'],
  ["/100%/", "/100%/ is no address"],
  ["https://", "https:// is no address"],
])("names the place of %s, which leads nowhere", async (address, words) => {
  const line = `_site/x/index.html:2:4 error ${words}`;
  expect(await reportOn({ "x/index.html": `<!doctype html>\n<p><a href="${address}">x</a>` })).toEqual([line]);
});

test("warns of an address without its final slash", async () => {
  expect(await reportOn({ "x/index.html": '<a href="/posts/a?b#top-of-a">x</a>' })).toEqual([
    "_site/x/index.html:1:1 warning readers of /posts/a are redirected for want of a slash; write /posts/a/?b#top-of-a",
  ]);
});

test.each([
  ["a picture", '<img src="/none" alt="">'],
  ["a picture of several sizes", '<img srcset="/posts/a/a.png 1x,/none 2x" alt="">'],
  ["a source", '<source srcset="/none">'],
  ["a poster", '<video poster="/none"></video>'],
  ["a script", '<script src="/none"></script>'],
  ["a style sheet", '<link rel="stylesheet" href="/none">'],
  ["a form", '<form action="/none"></form>'],
  ["a button", '<button formaction="/none"></button>'],
  ["what JSON-LD names", '<script type="application/ld+json">{"image":"https://blog.example/none"}</script>'],
  ["the picture of a preview", '<meta property="og:image" content="https://blog.example/none">'],
])("follows %s", async (_what, markup) => {
  const line = "_site/x/index.html:1:1 error nothing is published at /none";
  expect(await reportOn({ "x/index.html": markup })).toEqual([line]);
});

test("sees no links in scripts, comments and code", async () => {
  const markup = `<script>"<a href='/none'>"</script><!-- <a href="/none"> --><pre>&lt;a href="/none"&gt;</pre>`;
  expect(await reportOn({ "x/index.html": markup })).toEqual([]);
});

test("follows what files for machines point at, to the line and the column", async () => {
  const article = "&lt;p&gt;&amp;amp; &lt;a href=&quot;https://blog.example/c/&quot;&gt;c&lt;/a&gt;";
  const report = await reportOn({
    "feed.xml": `<feed>\n<link rel="self" href="https://blog.example/feed"/>\n<content type="html">${article}</content>`,
    "rss.xml": '<rss>\n<media:content url="https://blog.example/card.png" medium="image"/>',
    "site.webmanifest": '{"start_url":"/","icons":[{"src":"/icon.png"}]}',
    ".well-known/security.txt": "Contact: mailto:a@blog.example\nCanonical: https://blog.example/security.txt\n",
    "sitemap.xml":
      "<urlset>\n<url><loc>https://blog.example/posts/a/</loc></url>\n<url><loc>https://blog.example/b/</loc>",
    "llms.txt": "- [A](https://blog.example/posts/a.md): A\n- [B](https://blog.example/posts/none.md): B\n",
    "robots.txt": "User-agent: *\nSitemap: https://blog.example/none.xml\n",
    _redirects: "# comment\n/b/ /posts/a/ 301\n/c/ /d/ 301\n/e/* /posts/:splat\n/f https://elsewhere.example/\n",
  });
  expect(report.filter(Boolean)).toEqual([
    "_site/.well-known/security.txt:2:12 error nothing is published at /security.txt",
    "_site/_redirects:3:5 error nothing is published at /d/",
    "_site/feed.xml:2:24 error nothing is published at /feed",
    "_site/feed.xml:3:41 error nothing is published at /c/",
    "_site/llms.txt:2:7 error nothing is published at /posts/none.md; did you mean /posts/a.md?",
    "_site/robots.txt:2:10 error nothing is published at /none.xml",
    "_site/rss.xml:2:21 error nothing is published at /card.png",
    "_site/site.webmanifest:1:35 error nothing is published at /icon.png",
    "_site/sitemap.xml:3:11 error nothing is published at /b/",
  ]);
});

test("has nothing to check where nothing was built", async () => {
  expect(await readOutput(tmpdir(), "no-such-folder-of-firstflight")).toBeUndefined();
});
