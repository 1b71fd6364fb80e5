import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import specification from "commonmark-spec";
import { parse } from "node-html-parser";
import sharp from "sharp";
import { expect, test } from "vitest";
import { previewMail } from "../../../build/mail-preview.ts";
import { mailProblems } from "../../../build/mails.ts";
import type { Post } from "../../../site/content/blog.ts";
import { loadBlog } from "../../../site/content/load.ts";
import { formatReport } from "../../../site/content/problem.ts";
import { noMadeCache } from "../../../site/made-cache.ts";
import { renderArticle } from "../../../site/markdown/render.ts";
import { fillMail, maxMailBytes } from "../../../site/publish/article-mail.ts";
import { articleMail } from "../../../site/publish/mail/article.ts";
import { drawSvg } from "../../../site/publish/mail/draw.ts";
import { publishPictures } from "../../../site/publish/pictures.ts";
import { post, siteInAFolder } from "../site-in-a-folder.ts";

const fence = "```";

async function mailOf(body: string, front: Readonly<Record<string, string>> = {}, site: object = {}) {
  const root = await siteInAFolder({ "posts/quiet.md": post(front, body) });
  await changeSite(root, site);
  const { blog } = publishPictures(await loadBlog(root), false);
  const [only] = blog.posts;
  if (!only) throw new Error("no post");
  return { ...articleMail(only, blog.site), root, origin: blog.site.url };
}

async function changeSite(root: string, change: object): Promise<void> {
  const file = path.join(root, "_data/site.json");
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, "utf8")), ...change }));
}

test("is known by its oldest path, however often the post is renamed", async () => {
  expect((await mailOf("Text.\n")).mail.key).toBe("/posts/quiet/");
  expect((await mailOf("Text.\n", { aliases: "[/first/, /second/]" })).mail.key).toBe("/first/");
});

test("begins with the line for lists of mails, then the way to the site", async () => {
  const { mail } = await mailOf("Text.\n");
  const [hidden, shown] = parse(mail.html).querySelectorAll("body > div");
  expect(hidden?.getAttribute("style")).toContain("display:none");
  expect(hidden?.text).toContain(mail.preview);
  expect(shown?.querySelector("a")?.text).toBe("Read on the site");
  expect(shown?.querySelector("a")?.getAttribute("href")).toBe(mail.url);
  expect(mail.text.split("\n")[0]).toBe(`Read on the site: <${mail.url}>`);
});

test("makes every link absolute, leads to the page for places in it, and takes away what could run", async () => {
  const { mail, origin } = await mailOf(
    `[post](/posts/quiet/) [here](#there) [mail](mailto:a@example.org) <a href="javascript:alert(1)">no</a>\n\n## There\n`,
  );
  const links = parse(mail.html)
    .querySelectorAll("a")
    .map((link) => link.getAttribute("href"));
  expect(links).toContain(`${origin}/posts/quiet/#there`);
  expect(links).toContain("mailto:a@example.org");
  expect(links.join(" ")).not.toContain("javascript:");
});

test("is no place for scripts, forms, frames, and pictures of other sites", async () => {
  const { mail } = await mailOf(
    `<script>alert(1)</script>\n\n<form action="/x"><input name="a"></form>\n\n<iframe src="https://example.org/" title="A film"></iframe>\n\n<img src="https://example.org/pixel.gif" alt="A pixel">\n`,
  );
  expect(mail.html).not.toMatch(/<(?:script|form|input|iframe|img)\b/);
  expect(mail.html).toContain(">A film: on the site</a>");
  expect(mail.html).toContain('<a href="https://example.org/pixel.gif"');
});

test("has the two places for a subscriber's links, and no other, whatever the article writes of", async () => {
  const { mail } = await mailOf("Write `{{unsubscribe}}` and {{preferences}} and {{ other }}.\n", {
    title: "'{{unsubscribe}} in a title'",
  });
  for (const part of [mail.html, mail.text]) {
    expect(part.match(/\{\{unsubscribe\}\}/g)).toHaveLength(1);
    expect(part.match(/\{\{preferences\}\}/g)).toHaveLength(1);
  }
  expect(parse(mail.html).querySelector("code")?.text).toBe("{{unsubscribe}}");
});

test("takes a subscriber's addresses into both parts, as each writes them", async () => {
  const { mail } = await mailOf("Text.\n");
  const links = { unsubscribe: "https://a.example/u?t=1&x='$&'", preferences: "https://a.example/p" };
  const { html, text } = fillMail(mail, links);
  const addresses = parse(html)
    .querySelectorAll("a")
    .map((link) => link.getAttribute("href"));
  expect(addresses).toContain(links.unsubscribe);
  expect(addresses).toContain(links.preferences);
  expect(text).toContain(`Unsubscribe: <${links.unsubscribe}>\n`);
  expect(html + text).not.toContain("{{");
});

test("keeps code to the letter in both parts, lines and signs of a change with it", async () => {
  const code =
    "def f(x):\n\n    return x * 2  # a comment that is far too long for a line of a mail, and stays in one <b> &amp;";
  const { mail } = await mailOf(
    `${fence}python title="f.py" {3}\n${code}\n${fence}\n\n${fence}js diff\n-const a = 1;\n+const a = 2;\n${fence}\n`,
  );
  const [first, second] = parse(mail.html, { blockTextElements: {} }).querySelectorAll("pre");
  expect(first?.textContent).toBe(code);
  expect(first?.querySelector("mark")?.textContent).toContain("return x * 2");
  // A marked line has an edge; as much room beside the others keeps the shape of the code.
  const sides = first
    ?.querySelector("code")
    ?.querySelectorAll(":scope > *")
    .map((line) => line.getAttribute("style"));
  expect(sides?.map((style) => /padding-left:(?:11px|8px)$/.test(style ?? ""))).toEqual([true, true]);
  expect(second?.textContent).toBe("-const a = 1;\n+const a = 2;");
  expect(mail.text).toContain(`f.py:\n${fence}\n${code}\n${fence}\n`);
});

test("shows what a page folds away: details, tabs under their names, the numbers of charts, tasks", async () => {
  const { mail } = await mailOf(
    `::: details More\nInner text.\n:::\n\n::: tabs\n${fence}js\na\n${fence}\n${fence}python\nb\n${fence}\n:::\n\n${fence}chart line title="Lag" unit="ms"\nmonth,before\n1,120\n2,80\n${fence}\n\n- [x] Done\n- [ ] To do\n`,
  );
  const body = parse(mail.html).querySelector("body");
  for (const text of ["More", "Inner text.", "JavaScript", "Python", "120", "☑ Done", "☐ To do"]) {
    expect.soft(body?.text).toContain(text);
    expect.soft(mail.text).toContain(text);
  }
  expect(mail.html).not.toMatch(/<(?:details|svg|label)\b/);
});

test("says what kind a note is where its title does not", async () => {
  const { mail } = await mailOf("::: warning Mind the gap\nText.\n:::\n\n::: tip\nText.\n:::\n");
  expect(mail.text).toContain("| Warning: Mind the gap");
  expect(mail.text).toContain("| Tip\n");
  expect(mail.html).toContain("<b>Warning: Mind the gap</b>");
});

test("gets a picture for a drawing, at an address of its own, with its size and its words", async () => {
  const { mail, pictures, origin } = await mailOf(
    `${fence}mermaid title="How it goes"\nflowchart LR\n  A --> B\n${fence}\n`,
  );
  const image = parse(mail.html).querySelector("img");
  expect(pictures).toHaveLength(1);
  expect(image?.getAttribute("src")).toBe(origin + pictures[0]?.url);
  expect(image?.getAttribute("alt")).toBe("How it goes");
  expect(Number(image?.getAttribute("width")) * 2).toBe(pictures[0]?.width);
  expect(mail.text).toContain("[Drawing: How it goes. <");
});

test("draws a chart with its key at a fixed width, and has its numbers below", async () => {
  const { mail, pictures } = await mailOf(
    `${fence}chart line title="Lag" unit="ms"\nmonth,before,after\n1,120,80\n2,,70\n3,100,60\n4,90,50\n${fence}\n`,
  );
  const [image] = parse(mail.html).querySelectorAll("img");
  expect(image?.getAttribute("alt")).toBe("Line chart: Lag. The numbers follow as a table.");
  expect(image?.getAttribute("width")).toBe("600");
  expect(
    parse(mail.html)
      .querySelectorAll("td")
      .map((cell) => cell.text),
  ).toEqual(expect.arrayContaining(["120", "80"]));
  const [made] = pictures;
  const svg = made && "svg" in made.from ? made.from.svg : "";
  // No share of a width that nobody knows, no colour of a page that is not there, every name of the key.
  expect(svg).not.toMatch(/\d%|var\(|preserveAspectRatio/);
  expect(
    parse(svg)
      .querySelectorAll("text")
      .map((text) => text.text),
  ).toEqual(expect.arrayContaining(["before", "after", "50"]));
  const drawn = parse(svg)
    .querySelectorAll("polyline")
    .flatMap((line) => (line.getAttribute("points") ?? "").split(/[ ,]/).map(Number));
  expect(Math.max(...drawn)).toBeLessThanOrEqual(600);
  const png = await drawSvg(svg, made?.width ?? 0);
  const { channels } = await sharp(png).stats();
  // Something is drawn: grounds alone have no spread.
  for (const { stdev } of channels.slice(0, 3)) expect(stdev).toBeGreaterThan(5);
});

test("leads to the site for a drawing with letters that our fonts do not have", async () => {
  const { mail, pictures } = await mailOf(
    `${fence}mermaid title="流れ"\nflowchart LR\n  A[始め] --> B[終わり]\n${fence}\n`,
  );
  expect(pictures).toEqual([]);
  expect(mail.html).not.toContain("<img");
  expect(mail.html).toContain(">流れ: on the site</a>");
});

test("takes all that CommonMark has: nothing that runs, no address that needs a page, its two places and no more", async () => {
  const root = await siteInAFolder({ "posts/quiet.md": post() });
  const { posts, site } = await loadBlog(root);
  const [quiet] = posts;
  for (const { number, markdown } of specification.tests) {
    const article = renderArticle(markdown.replaceAll("→", "\t"));
    const { mail } = articleMail({ ...quiet, article } as Post, site);
    const document = parse(mail.html);
    const addresses = document
      .querySelectorAll("[href], [src]")
      .flatMap(({ attributes }) => [attributes["href"] ?? attributes["src"]]);
    const known = addresses.filter((one) =>
      /^(?:https?:\/\/|mailto:|tel:|\{\{(?:unsubscribe|preferences)\}\}$)/.test(one ?? ""),
    );
    expect.soft(known, `example ${number}`).toEqual(addresses);
    expect
      .soft(
        document.querySelectorAll("script, form, iframe, [class], [id], [onclick]").map(String),
        `example ${number}`,
      )
      .toEqual([]);
    expect.soft((mail.html + mail.text).match(/\{\{/g), `example ${number}`).toHaveLength(4);
  }
});

const sections = Array.from(
  { length: 40 },
  (_, at) => `## Section ${at}\n\n${`Words of section ${at}.[^${at}] `.padEnd(4_000, "and more of them ")}\n`,
);
const notes = sections.map((_, at) => `[^${at}]: Note ${at}.`);
const long = `${sections.join("\n")}\n${notes.join("\n")}\n`;

test("ends at a heading when it would be too large, with a link to the rest and without the notes of what is gone", async () => {
  const { mail, bytes, cut } = await mailOf(long);
  const next = Number(/^section-(\d+)$/.exec(cut?.id ?? "")?.[1]);
  expect(next).toBeGreaterThan(3);
  expect(bytes).toBeLessThanOrEqual(maxMailBytes);
  expect(bytes).toBeGreaterThan(maxMailBytes * 0.8);
  const document = parse(mail.html);
  expect(document.querySelectorAll("h2").at(-1)?.text).toBe(`Section ${next - 1}`);
  expect(mail.text).toContain(`The rest on the site: <${mail.url}#section-${next}>`);
  expect(
    document.querySelectorAll("a").some((link) => link.getAttribute("href") === `${mail.url}#section-${next}`),
  ).toBe(true);
  expect(mail.text).toContain(`[${next}] Note ${next - 1}.`);
  expect(mail.text).not.toContain(`Note ${next}.`);
});

test("warns at the line of the heading that it ends before", async () => {
  const root = await siteInAFolder({ "posts/quiet.md": post({ draft: "true" }, long) });
  const problems = await mailProblems(await loadBlog(root), { root, cache: noMadeCache });
  const [problem] = problems;
  const lines = (await readFile(path.join(root, "posts/quiet.md"), "utf8")).split("\n");
  const heading = /before "(.*?)"/.exec(problem?.problem ?? "")?.[1];
  expect(problem).toMatchObject({ file: "posts/quiet.md", severity: "warning", code: "mail-size" });
  expect(lines[(problem?.line ?? 0) - 1]).toBe(`## ${heading}`);
  expect(formatReport(problems)).toMatch(/^posts\/quiet\.md:\d+:1 warning the mail to subscribers would have \d+ kB/);
});

test("ends before a block that is too large by itself", async () => {
  const { mail, bytes } = await mailOf(`A lead.\n\n${fence}text\n${"x".repeat(200_000)}\n${fence}\n`);
  expect(bytes).toBeLessThanOrEqual(maxMailBytes);
  expect(mail.text).toContain("A lead.");
  expect(mail.text).toContain("The rest on the site: <");
});

test.each([
  ["up to the first heading", "A lead.\n\nMore of it.\n\n## Section\n\nBody.\n", ["A lead.", "More of it."]],
  ["up to the author's mark", "A lead.\n\n<!-- more -->\n\nMore of it.\n\n## Section\n\nBody.\n", ["A lead."]],
  ["the first paragraph where there is neither", "A lead.\n\nMore of it.\n", ["A lead."]],
])("sends an excerpt when the site says so: %s", async (_, body, wanted) => {
  const { mail } = await mailOf(body, {}, { newsletterContent: "excerpt" });
  for (const text of ["A lead.", "More of it.", "Body."]) {
    expect.soft(mail.text.includes(text), text).toBe(wanted.includes(text));
    expect.soft(mail.html.includes(text), text).toBe(wanted.includes(text));
  }
  expect(mail.text).toContain(`Read the article on the site: <${mail.url}>`);
});

test("is shown to its author as two files that need no site: drafts and their pictures too", async () => {
  const root = await siteInAFolder({
    "posts/quiet/index.md": post(
      { draft: "true" },
      `![A dot](dot.svg)\n\n${fence}mermaid title="How"\nflowchart LR\n  A --> B\n${fence}\n`,
    ),
    "posts/quiet/dot.svg":
      '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><rect width="9" height="9"/></svg>',
  });
  const output = path.join(root, "out");
  const preview = await previewMail({ root, post: "quiet", output });
  const html = await readFile(preview?.html ?? "", "utf8");
  const images = parse(html)
    .querySelectorAll("img")
    .map((image) => image.getAttribute("src") ?? "");
  expect(images).toHaveLength(2);
  for (const name of images) {
    const png = await readFile(path.join(output, name));
    expect(png.subarray(1, 4).toString()).toBe("PNG");
  }
  expect(html).not.toContain("{{");
  expect(await readFile(preview?.text ?? "", "utf8")).toContain("[Drawing: How.");
  expect(await previewMail({ root, post: "no-such-post", output })).toBeUndefined();
});
