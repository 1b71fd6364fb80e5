/** A curriculum vitae as PDF, made at build without a browser. */
import { createRequire } from "node:module";
import path from "node:path";
import type { Content, DocumentDefinition } from "pdfmake";
import type { Cv, CvEntry } from "./cv.ts";

const require = createRequire(import.meta.url);

/** A font's file of a weight and style, in the package that brings it. */
function font(family: string, style: string): string {
  const folder = path.dirname(require.resolve(`@fontsource/${family}/package.json`));
  return path.join(folder, `files/${family}-latin-${style}.woff`);
}

const quiet = "#625d55";
const accent = "#a3341c";
/** Points. */
const margin = 48;

/** A4. The same CV gives the same bytes: `made` is the only date in it. */
export async function cvPdf(
  cv: Cv,
  { made, language }: { readonly made: Date; readonly language: string },
): Promise<Uint8Array> {
  const { default: pdfmake } = await import("pdfmake");
  const sans = { normal: font("source-sans-3", "400-normal"), bold: font("source-sans-3", "600-normal") };
  const serif = { normal: font("source-serif-4", "400-normal") };
  pdfmake.setFonts({ Sans: sans, Serif: serif });
  const files = new Set([...Object.values(sans), ...Object.values(serif)]);
  pdfmake.setLocalAccessPolicy((file: string) => files.has(file));
  pdfmake.setUrlAccessPolicy(() => false);
  return pdfmake.createPdf(definition(cv, made, language)).getBuffer();
}

function definition(cv: Cv, made: Date, language: string): DocumentDefinition {
  return {
    pageSize: "A4",
    pageMargins: [margin, margin, margin, margin],
    lang: language,
    info: { title: `${cv.name}: curriculum vitae`, author: cv.name, creationDate: made, producer: "Firstflight" },
    defaultStyle: { font: "Sans", fontSize: 9.5, lineHeight: 1.25 },
    styles: {
      name: { font: "Serif", fontSize: 24, lineHeight: 1.1 },
      section: { font: "Serif", fontSize: 13, color: accent, margin: [0, 12, 0, 4] },
      title: { bold: true },
      quiet: { color: quiet },
    },
    content: [
      { text: cv.name, style: "name" },
      ...(cv.name === cv.role ? [] : [{ text: cv.role, style: "quiet" }]),
      { text: ways(cv).join("  ·  "), style: "quiet", margin: [0, 3, 0, 8] },
      { text: cv.summary, fontSize: 11, margin: [0, 0, 0, 2] },
      ...section("Experience", cv.jobs.map(job)),
      ...section(
        "Results",
        cv.results.map(({ title, result }) => line(title, result)),
      ),
      ...section("Projects", cv.projects.map(project)),
      ...section("Awards and certifications", [...cv.awards, ...cv.certificates].map(entry)),
      ...section("Talks and publications", [...cv.talks, ...cv.publications].map(entry)),
      ...section("Open source", cv.openSource.map(entry)),
      ...section("Technologies", cv.technologies.length > 0 ? [{ text: cv.technologies.join(" · ") }] : []),
    ],
  };
}

function ways({ email, phone, url, profiles }: Cv): readonly string[] {
  return [email, phone, url, ...profiles.map((profile) => profile.url)].filter((way) => way !== undefined);
}

function section(title: string, content: readonly Content[]): Content[] {
  return content.length > 0 ? [{ text: title, style: "section" }, ...content] : [];
}

function job({ employer, title, from, to, summary, highlights, technologies }: Cv["jobs"][number]): Content {
  const years = [from, to].filter(Boolean).join(" – ");
  return {
    unbreakable: true,
    margin: [0, 0, 0, 7],
    stack: [
      {
        text: [
          { text: employer, style: "title" },
          {
            text: [title, years]
              .filter(Boolean)
              .map((one) => `, ${one}`)
              .join(""),
            style: "quiet",
          },
        ],
      },
      { text: summary },
      ...(highlights.length > 0 ? [{ ul: [...highlights], margin: [0, 2, 0, 2] as const }] : []),
      ...(technologies.length > 0 ? [{ text: technologies.join(" · "), style: "quiet" }] : []),
    ],
  };
}

function project({ title, summary, highlights, technologies }: Cv["projects"][number]): Content {
  return {
    unbreakable: true,
    margin: [0, 0, 0, 5],
    stack: [
      { text: title, style: "title" },
      { text: summary },
      { text: [...highlights, ...technologies].join(" · "), style: "quiet" },
    ],
  };
}

function entry({ title, detail, when }: CvEntry): Content {
  return line(title, [detail, when].filter(Boolean).join(", "));
}

function line(title: string, rest: string): Content {
  return { text: [{ text: title, style: "title" }, rest && `  ${rest}`], margin: [0, 0, 0, 3] };
}
