/** One curriculum vitae in five forms: page, PDF, JSON Resume, vCard and JSON-LD hold the same facts. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { parse } from "node-html-parser";
import { extractText, getDocumentProxy } from "unpdf";
import { describe, expect, test } from "vitest";
import { loadBlog } from "../../site/content/load.ts";
import { type Cv, cvOf } from "../../site/publish/cv.ts";
import { cvPdf } from "../../site/publish/cv-pdf.ts";
import { jsonResume } from "../../site/publish/json-resume.ts";
import { vcard } from "../../site/publish/vcard.ts";
import { builtSite, root } from "../setup/site.ts";
import { siteInAFolder } from "../site/site-in-a-folder.ts";

const require = createRequire(import.meta.url);
const schema = require("@jsonresume/schema") as {
  validate(resume: unknown, report: (errors: unknown, isValid: boolean) => void): void;
};

const cv = cvOf(await loadBlog(root));
const facts = {
  name: [cv.name],
  jobs: cv.jobs.flatMap(({ employer, summary, highlights }) => [employer, summary, ...highlights]),
  projects: cv.projects.flatMap(({ title, summary, highlights }) => [title, summary, ...highlights]),
  results: cv.results.map(({ title }) => title),
  achievements: [...cv.awards, ...cv.certificates, ...cv.talks, ...cv.openSource, ...cv.publications].map(
    ({ title }) => title,
  ),
  technologies: cv.technologies,
};

test("the page, the PDF and the JSON Resume say everything", async () => {
  const page = parse(await readFile(path.join(builtSite, "cv/index.html"), "utf8"));
  const said = {
    page: plain(page.querySelector("main")?.text ?? ""),
    pdf: plain(await pdfText(await readFile(path.join(builtSite, "cv.pdf")))),
    resume: plain(textsIn(JSON.parse(await readFile(path.join(builtSite, "cv.json"), "utf8"))).join(" ")),
  };
  expect(facts.achievements.length).toBeGreaterThan(4);
  for (const [form, text] of Object.entries(said)) {
    const missing = Object.values(facts)
      .flat()
      .filter((fact) => !text.includes(plain(fact)));
    expect.soft(missing, form).toEqual([]);
  }
});

test("the vCard and the JSON-LD name the same person, employer and technologies", async () => {
  const card = (await readFile(path.join(builtSite, "cv.vcf"), "utf8")).replaceAll("\r\n ", "");
  const page = parse(await readFile(path.join(builtSite, "cv/index.html"), "utf8"));
  const { "@graph": things } = JSON.parse(page.querySelector('script[type="application/ld+json"]')?.text ?? "{}");
  const person = things.find((thing: { readonly "@type": string }) => thing["@type"] === "Person");
  expect(card).toContain(`FN:${cv.name}\r\n`);
  expect(card).toContain(`ORG:${cv.jobs[0]?.employer}\r\n`);
  expect(card).toContain(`CATEGORIES:${cv.technologies.join(",")}\r\n`);
  expect(person).toMatchObject({ "@type": "Person", name: cv.name, jobTitle: cv.role, description: cv.summary });
  expect(person.worksFor[0].name).toBe(cv.jobs[0]?.employer);
  expect(person.knowsAbout).toEqual(expect.arrayContaining([...cv.technologies]));
  expect(person.award.join()).toContain(cv.awards[0]?.title);
  expect(person.hasCredential[0].name).toBe(cv.certificates[0]?.title);
});

test("the JSON Resume is valid by its schema", async () => {
  const resume: unknown = JSON.parse(await readFile(path.join(builtSite, "cv.json"), "utf8"));
  schema.validate(resume, (errors, isValid) => {
    expect(errors).toBeNull();
    expect(isValid).toBe(true);
  });
});

test("the PDF has two pages, and the same facts give the same bytes", async () => {
  const file = await readFile(path.join(builtSite, "cv.pdf"));
  expect((await getDocumentProxy(new Uint8Array(file))).numPages).toBe(2);
  const options = { made: new Date("2026-11-24T12:00:00Z"), language: "en" };
  const [one, other] = [await cvPdf(cv, options), await cvPdf(cv, options)];
  expect(Buffer.compare(Buffer.from(one), Buffer.from(other))).toBe(0);
});

describe("a vCard", () => {
  test("keeps its lines at 75 octets, and escapes what separates", () => {
    const card = vcard({ ...cv, name: "Ünal; Ada, \\ Lovelace", summary: "Größe ".repeat(40) });
    for (const line of card.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(card.replaceAll("\r\n ", "")).toContain("FN:Ünal\\; Ada\\, \\\\ Lovelace\r\n");
  });
});

test("an owner who has filled in nothing but a role has a valid one all the same", async () => {
  const folder = await siteInAFolder({
    "_data/profile.json": '{ "role": "Engineer", "headline": "Builds." }',
    ...Object.fromEntries(
      ["experience", "projects", "case-studies", "achievements", "technologies"].map((name) => [
        `_data/${name}.json`,
        "[]",
      ]),
    ),
  });
  const bare: Cv = cvOf(await loadBlog(folder));
  schema.validate(JSON.parse(jsonResume(bare)), (errors) => expect(errors).toBeNull());
  expect(vcard(bare)).toMatch(/^BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Engineer\r\n/);
  expect(vcard(bare)).not.toMatch(/undefined|null/);
  expect(await pdfText(await cvPdf(bare, { made: new Date(0), language: "en" }))).toContain("Engineer");
});

async function pdfText(bytes: Uint8Array): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
  return text;
}

/** Lines break where they like. */
function plain(text: string): string {
  return text.replace(/\s+/g, "").toLowerCase();
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return value && typeof value === "object" ? Object.values(value).flatMap(textsIn) : [];
}
