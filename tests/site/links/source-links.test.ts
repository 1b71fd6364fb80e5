/** Where the links to elsewhere stand that an author wrote. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { loadBlog } from "../../../site/content/load.ts";
import { sourceLinks } from "../../../site/links/source-links.ts";
import { post, siteInAFolder } from "../site-in-a-folder.ts";

const body = `See [one](https://one.example/a?b=1&c=2#d "Title"), <http://two.example> and [that][3].[^1]

> > [two](http://two.example) and https://bare.example/

[here](/posts/) \`https://code.example/\` [mail](mailto:a@one.example)

[^1]: In a [note](https://note.example/ü).

[3]: https://three.example/
`;

async function placesIn(files: Readonly<Record<string, string>>, siteJson = {}): Promise<string[]> {
  const root = await siteInAFolder({ ...files });
  const site = path.join(root, "_data/site.json");
  await writeFile(site, JSON.stringify({ ...JSON.parse(await readFile(site, "utf8")), ...siteJson }, null, 1));
  const links = await sourceLinks(root, await loadBlog(root));
  return links.map(({ href, writtenOn = "", problem }) => {
    const { file, line, column, key = "" } = problem({ code: "test", problem: "test" });
    return [`${file}:${line}:${column}`, href, key || writtenOn].join(" ");
  });
}

test("finds the links of a post at their places, with the day of the post", async () => {
  const file = "posts/2026-03-14-quiet.md";
  const front = { canonical: "https://first.example/quiet/" };
  expect(await placesIn({ [file]: post(front, body) })).toEqual([
    `${file}:5:12 https://first.example/quiet/ 20260314`,
    `${file}:7:11 https://one.example/a?b=1&c=2#d 20260314`,
    `${file}:7:54 http://two.example 20260314`,
    `${file}:15:6 https://three.example/ 20260314`,
    `${file}:9:11 http://two.example 20260314`,
    `${file}:9:35 https://bare.example/ 20260314`,
    `${file}:13:19 https://note.example/%C3%BC 20260314`,
  ]);
});

test("finds the links of data files, and leaves out the site's own address", async () => {
  const profile = { role: "R", headline: "H", profiles: [{ label: "Code", url: "https://code.example/me" }] };
  const places = await placesIn(
    { "_data/profile.json": JSON.stringify(profile, null, 1) },
    { repository: "https://code.example/me/blog" },
  );
  expect(places).toEqual([
    expect.stringMatching(/^_data\/site\.json:\d+:\d+ https:\/\/code\.example\/me\/blog repository$/),
    "_data/profile.json:7:11 https://code.example/me profiles.0.url",
  ]);
});

test("finds the links of drafts and of posts to come, which their authors can still mend", async () => {
  const link = "[a](https://a.example/)\n";
  const files = { "posts/d.md": post({ draft: "true" }, link), "posts/f.md": post({ published: "2999-01-01" }, link) };
  expect(await placesIn(files)).toHaveLength(2);
});
