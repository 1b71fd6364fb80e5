/** The floor of `npm run bench:build` is a yardstick only while it makes what a blog has. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { buildFloor } from "../../bench/build/floor.ts";
import { corpusPost } from "../../bench/corpus.ts";

test("makes every post, lists by ten, tags, a feed and a sitemap", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "firstflight-floor-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const corpus = Array.from({ length: 12 }, (_, n) => corpusPost(n));
  mkdirSync(path.join(folder, "posts"));
  for (const { slug, text } of corpus) writeFileSync(path.join(folder, `posts/${slug}.md`), text);
  const output = path.join(folder, "site");
  buildFloor(path.join(folder, "posts"), output);

  const tags = new Set(corpus.flatMap(({ text }) => /^tags: \[(.+)\]$/m.exec(text)?.[1]?.split(", ") ?? []));
  const files = readdirSync(output, { recursive: true, encoding: "utf8" }).filter((file) => path.extname(file));
  expect(files.sort()).toEqual(
    [
      "feed.xml",
      "index.html",
      "page/2/index.html",
      "sitemap.xml",
      "tags/index.html",
      ...corpus.map(({ slug }) => `posts/${slug}/index.html`),
      ...[...tags].map((tag) => `tags/${tag}/index.html`),
    ].sort(),
  );

  const page = (name: string) => readFileSync(path.join(output, name), "utf8");
  const [newest, older] = [corpus[11]?.slug, corpus[10]?.slug];
  expect(page("index.html").indexOf(`/posts/${newest}/`)).toBeLessThan(page("index.html").indexOf(`/posts/${older}/`));
  expect(page("page/2/index.html").match(/<li><h2>/g)).toHaveLength(2);
  const post = page(`posts/${newest}/index.html`);
  expect(post).toContain(`rel="prev" href="/posts/${older}/"`);
  expect(post).not.toContain('rel="next"');
  expect(post).toMatch(/<h2 id="[^"]+-1">/);
  expect(post.match(/<pre class="language-(typescript|sql|python|yaml)">/g)).toHaveLength(4);
  expect(post).toContain('<span class="token keyword">');
  expect(post).toContain('class="footnote-ref"');
  expect(page("feed.xml").match(/<entry>/g)).toHaveLength(12);
  expect(page("sitemap.xml").match(/<loc>/g)).toHaveLength(files.length - 2);
});
