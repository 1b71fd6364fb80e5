/** Mails of real articles and of those that are hard on everything, as a mail program takes them apart. */
import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { HtmlValidate } from "html-validate";
import { type ParsedMail, simpleParser } from "mailparser";
import { type HTMLElement, parse } from "node-html-parser";
import MailComposer from "nodemailer/lib/mail-composer";
import { beforeAll, expect, test } from "vitest";
import { readerContent } from "../../bench/reader/site.ts";
import { loadBlog } from "../../site/content/load.ts";
import { type ArticleMail, maxMailBytes } from "../../site/publish/article-mail.ts";
import { articleMail, type MadeMail } from "../../site/publish/mail/article.ts";
import { encodedBytes } from "../../site/publish/mail/size.ts";
import type { NewsletterPost } from "../../site/publish/newsletter-posts.ts";
import { publishPictures } from "../../site/publish/pictures.ts";
import { builtSite, generated, root, siteUrl } from "../setup/site.ts";
import { builtFiles } from "./built-site.ts";

interface Sent extends MadeMail {
  readonly slug: string;
  /** Bytes of the message without its headers. */
  readonly sentBytes: number;
  readonly parsed: ParsedMail;
  readonly document: HTMLElement;
}

let mails: readonly Sent[];
beforeAll(async () => {
  const content = await readerContent();
  const loaded = await loadBlog(content, { siteUrl, cache: path.join(root, ".cache/test") });
  const { blog } = publishPictures(loaded, false);
  await rm(content, { recursive: true });
  mails = await Promise.all(blog.posts.map(async (post) => sent(post.slug, articleMail(post, blog.site))));
});

async function sent(slug: string, made: MadeMail): Promise<Sent> {
  const { html, text, subject } = made.mail;
  const message = await new MailComposer({ from: "a@b.example", to: "c@d.example", subject, html, text })
    .compile()
    .build();
  const parsed = await simpleParser(message, { skipImageLinks: true, skipTextToHtml: true });
  const sentBytes = message.length - message.indexOf("\r\n\r\n");
  return { ...made, slug, sentBytes, parsed, document: parse(html, { comment: true, blockTextElements: {} }) };
}

test("arrives as it was made, in both parts", () => {
  for (const { slug, mail, parsed } of mails) {
    expect.soft(parsed.html, slug).toBe(mail.html);
    expect.soft(parsed.text?.trimEnd(), slug).toBe(mail.text.trimEnd());
    expect.soft(parsed.subject, slug).toBe(mail.title);
  }
});

test("weighs less than what mail programs show whole, and no more than was reckoned", () => {
  for (const { slug, sentBytes, bytes, mail } of mails) {
    expect.soft(sentBytes, slug).toBeLessThan(100_000);
    expect.soft(bytes, slug).toBeLessThanOrEqual(maxMailBytes);
    const frame = 700;
    expect.soft(sentBytes - frame, slug).toBeLessThanOrEqual(bytes);
    expect.soft(sentBytes, slug).toBeGreaterThan(bytes * 0.9);
    expect.soft(encodedBytes(mail.html), slug).toBeGreaterThan(Buffer.byteLength(mail.html));
  }
});

test("has no address that needs a page around it, and loads nothing but pictures of its own site", () => {
  for (const { slug, document } of mails) {
    const links = document.querySelectorAll("[href]").map((link) => link.getAttribute("href") ?? "");
    const written = links.filter((href) => !/^\{\{(?:unsubscribe|preferences)\}\}$/.test(href));
    for (const href of written) expect.soft(href, slug).toMatch(/^(?:https?:\/\/[^/]|mailto:|tel:)/);
    for (const image of document.querySelectorAll("img")) {
      expect.soft(image.getAttribute("src"), slug).toMatch(new RegExp(`^${siteUrl}/.+\\.(?:jpe?g|png|gif)$`));
      expect.soft(Number(image.getAttribute("width")), slug).toBeGreaterThan(16);
      expect.soft(Number(image.getAttribute("width")), slug).toBeLessThanOrEqual(600);
      expect.soft(image.getAttribute("alt"), slug).toBeTruthy();
    }
    expect.soft(document.querySelectorAll("link, [srcset], [background], [poster], source"), slug).toEqual([]);
  }
});

test("has nothing that clients take away or that runs: no class, id, script, form, drawing, or style that moves things", () => {
  for (const { slug, document, mail } of mails) {
    const forbidden = "script, form, input, button, svg, math, iframe, video, details, label, [class], [id], [onclick]";
    expect.soft(document.querySelectorAll(forbidden).map(String), slug).toEqual([]);
    for (const element of document.querySelectorAll("[style]")) {
      expect
        .soft(element.getAttribute("style"), slug)
        .not.toMatch(/position|float|flex|grid|var\(|calc|url\(|@|\bundefined\b/);
    }
    for (const part of [mail.html, mail.text]) expect.soft(part, slug).not.toMatch(/\[object |@import/);
  }
});

test("keeps every line of code in the text, to the letter", () => {
  const bare = (line: string) => line.replace(/^(?:[|>] ?| )+/, "").trimEnd();
  for (const { slug, document, mail } of mails) {
    const lines = new Set(mail.text.split("\n").map(bare));
    for (const number of document.querySelectorAll("pre [style*=user-select]")) number.remove();
    const code = document.querySelectorAll("pre").flatMap((block) => block.textContent.split("\n"));
    const missing = code.filter((line) => !lines.has(bare(line)));
    expect.soft(missing, slug).toEqual([]);
  }
});

const validator = new HtmlValidate({
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: {
    // Mail is read by programs that know attributes for looks, and styles on elements, better than style sheets.
    "no-inline-style": "off",
    "no-deprecated-attr": "off",
    "attribute-allowed-values": "off",
    "no-conditional-comment": "off",
    "no-implicit-button-type": "off",
    "prefer-tbody": "off",
    // A row of layout has no heading.
    "wcag/h63": "off",
    "long-title": "off",
    "no-raw-characters": ["error", { relaxed: true }],
    "tel-non-breaking": "off",
  },
});

test("is valid HTML, by the rules that make sense in mail", async () => {
  for (const { slug, mail } of mails) {
    const { results } = await validator.validateString(mail.html);
    const found = results.flatMap(({ messages }) =>
      messages.map((m) => `${m.line}:${m.column} ${m.ruleId} ${m.message}`),
    );
    expect.soft([...new Set(found)], slug).toEqual([]);
  }
});

test("has a plain text that somebody wants to read", async () => {
  const torture = mails.find(({ slug }) => slug === "torture");
  await expect(torture?.mail.text).toMatchFileSnapshot("../fixtures/golden/mail.txt");
});

test("is published for the newsletter alone: named by its content, out of search engines, in no list of addresses", async () => {
  const posts: readonly NewsletterPost[] = JSON.parse(await readFile(generated["#newsletter"], "utf8"));
  const files = (await builtFiles()).filter((file) => file.startsWith("newsletter/mail/"));
  expect(files.map((file) => `/${file}`).sort()).toEqual(posts.flatMap(({ mail }) => mail ?? []).sort());
  expect(files.length).toBeGreaterThan(0);
  for (const post of posts) {
    const text = await readFile(path.join(builtSite, post.mail ?? ""), "utf8");
    const mail: ArticleMail = JSON.parse(text);
    const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
    expect.soft(post.mail).toBe(`/newsletter/mail/${post.slug}.${hash}.json`);
    const { key, title, description, tags, published } = mail;
    expect.soft(post).toMatchObject({ key, title, description, tags, published });
    expect.soft(mail.url).toBe(siteUrl + post.url);
  }
  const headers = await readFile(path.join(builtSite, "_headers"), "utf8");
  expect(headers).toContain("/newsletter/mail/*\n  X-Robots-Tag: noindex\n");
  for (const list of ["sitemap.xml", "llms.txt", "search/index.html", "_redirects"]) {
    const text = await readFile(path.join(builtSite, list), "utf8").catch(() => "");
    expect.soft(text, list).not.toContain("newsletter/mail");
  }
});

test("has a file for every picture that only it shows", async () => {
  const texts = await Promise.all(
    (await builtFiles())
      .filter((file) => file.startsWith("newsletter/mail/"))
      .map((file) => readFile(path.join(builtSite, file), "utf8")),
  );
  const shown = texts.flatMap((text) =>
    [...text.matchAll(new RegExp(`src=\\\\"${siteUrl}(/[^"\\\\]+)`, "g"))].map(([, url]) => url),
  );
  const files = new Set((await builtFiles()).map((file) => `/${file}`));
  expect(shown.filter((url) => !files.has(url ?? ""))).toEqual([]);
});
