/** Content, owner's facts and published addresses of a small site on the disk. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { checkAddresses } from "../../doctor/addresses.ts";
import { checkContent } from "../../doctor/content.ts";
import { checkFacts } from "../../doctor/facts.ts";
import { loadBlog, loadContent } from "../../site/content/load.ts";
import { root } from "../setup/site.ts";
import { post, siteInAFolder } from "../site/site-in-a-folder.ts";

const brief = (findings: readonly { state: string; subject: string; blocks: boolean }[]) =>
  findings.map(({ state, subject, blocks }) => `${subject} ${state}${blocks ? "!" : ""}`);

async function dataOf(name: string, change: object): Promise<string> {
  const text = await readFile(path.join(root, "_data", `${name}.json`), "utf8");
  return JSON.stringify({ ...JSON.parse(text), ...change });
}

describe("content", () => {
  const of = async (files: Readonly<Record<string, string>>) =>
    checkContent(await loadContent(await siteInAFolder(files)));

  test("without mistakes is well", async () => {
    expect(brief(await of({ "posts/2026-01-01-a.md": post() }))).toEqual(["posts and data ok"]);
  });

  test("with mistakes cannot be published", async () => {
    const findings = await of({
      "posts/2026-01-01-a.md": post({ published: "2026-02-30" }),
      "posts/2026-01-02-b.md": post({ titel: "B" }),
    });
    expect(findings).toEqual([
      expect.objectContaining({ state: "wrong", blocks: true, remedy: expect.stringContaining("check:content") }),
    ]);
    expect(findings[0]?.detail).toMatch(/^[2-9] mistakes/);
  });
});

describe("the owner's facts", () => {
  test("hold the site back while its address is an example's", async () => {
    const folder = await siteInAFolder({ "_data/site.json": await dataOf("site", { url: "https://example.com" }) });
    expect(brief(await checkFacts(folder, undefined))).toContain("site address wrong!");
    expect(brief(await checkFacts(folder, "https://firstflight.io"))).toContain("site address ok");
  });

  test("take the address of the environment for an example's too", async () => {
    const folder = await siteInAFolder({ "_data/site.json": await dataOf("site", { url: "https://firstflight.io" }) });
    expect(brief(await checkFacts(folder, undefined))).toContain("site address ok");
    expect(brief(await checkFacts(folder, "https://blog.example"))).toContain("site address wrong!");
  });

  test("name what is absent, on one line, without holding the site back", async () => {
    const change = {
      name: "Ann",
      email: null,
      whatsapp: null,
      profiles: [{ label: "Git", url: "https://git.io/ann" }],
    };
    const folder = await siteInAFolder({ "_data/profile.json": await dataOf("profile", change) });
    const lines = (await checkFacts(folder, undefined)).filter(({ subject }) => subject === "profile.json");
    expect(lines).toEqual([
      expect.objectContaining({ state: "missing", detail: "without email, whatsapp", blocks: false }),
    ]);
  });

  test("name the figures that a case study announces and does not give", async () => {
    const study = {
      key: "risk",
      title: "Risk",
      problem: "Slow.",
      solution: "Fast.",
      result: "Good.",
      metrics: [{ label: "Latency", after: "1 s" }, { label: "Savings" }, { label: "Loss", confidential: true }],
    };
    const folder = await siteInAFolder({ "_data/case-studies.json": JSON.stringify([study]) });
    const [line] = (await checkFacts(folder, undefined)).filter(({ subject }) => subject.startsWith("case-studies"));
    expect(line).toMatchObject({
      subject: "case-studies.json risk",
      detail: 'without constraint, rejected, differently, "Savings"',
    });
  });

  test("name what a talk, a certification and a publication lack for a page and for programs", async () => {
    const achievements = [
      { kind: "talk", title: "Logs", when: "2023", abstract: "What logs are for." },
      { kind: "certification", title: "Keeper", expires: "2027-03" },
      { kind: "publication", title: "On logs", venue: "A Journal" },
      { kind: "award", title: "A cup" },
    ];
    const folder = await siteInAFolder({ "_data/achievements.json": JSON.stringify(achievements) });
    const lines = (await checkFacts(folder, undefined)).filter(({ subject }) => subject.startsWith("achievements"));
    expect(lines.map(({ subject, detail }) => `${subject}: ${detail}`)).toEqual([
      'achievements.json "Logs": without place, date',
      'achievements.json "Keeper": without verify',
    ]);
  });

  test("do not count an example's mail address for one", async () => {
    const folder = await siteInAFolder({ "_data/profile.json": await dataOf("profile", { email: "ann@example.org" }) });
    const details = (await checkFacts(folder, undefined)).map(({ detail }) => detail);
    expect(details).toContain("email is an example's");
  });

  test("are one good line for a file without gaps, and none of a file with a mistake", async () => {
    const folder = await siteInAFolder({ "_data/projects.json": "[]", "_data/profile.json": '{ "name": 7 }' });
    const lines = brief(await checkFacts(folder, undefined));
    expect(lines).toContain("projects.json ok");
    expect(lines).toContain("profile.json skipped");
  });
});

describe("published addresses", () => {
  const netlify = '[[redirects]]\nfrom = "/posts/moved/"\nto = "/posts/"\n';
  const of = async (listed: readonly string[], frontMatter: Readonly<Record<string, string>> = {}) => {
    const folder = await siteInAFolder({
      "posts/2026-01-01-a.md": post(frontMatter),
      "published-addresses.txt": listed.map((address) => `${address}\n`).join(""),
      "netlify.toml": netlify,
    });
    return checkAddresses(folder, await loadBlog(folder, { asOf: new Date("2026-06-01") }));
  };

  test("are well while posts, tags, aliases and redirects have them all", async () => {
    const listed = ["/", "/posts/", "/posts/a/", "/posts/moved/", "/posts/old/", "/tags/", "/tags/kafka/"];
    expect(brief(await of(listed, { aliases: "[/posts/old/]", tags: "[kafka]" }))).toEqual([
      "published-addresses.txt ok",
    ]);
  });

  test("that nothing has any more keep the next build from being made", async () => {
    const [finding] = await of(["/posts/a/", "/posts/example/", "/tags/kafka/"]);
    expect(finding).toMatchObject({ state: "wrong", blocks: true });
    expect(finding?.detail).toContain("2 addresses: /posts/example/, /tags/kafka/");
  });

  test("need not be there before the first build", async () => {
    expect(brief(await of([]))).toEqual(["published-addresses.txt ok"]);
  });
});
