/** A curriculum vitae for programs. @see https://jsonresume.org/schema (1.0.0) */
import type { Cv, CvEntry } from "./cv.ts";

export function jsonResume(cv: Cv): string {
  const resume = {
    $schema: "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
    basics: {
      name: cv.name,
      label: cv.role,
      email: cv.email,
      phone: cv.phone,
      url: cv.url,
      summary: [cv.summary, ...cv.about].join("\n\n"),
      profiles: cv.profiles.map(({ label, url }) => ({ network: label, url })),
    },
    work: cv.jobs.map(({ employer, title, from, to, summary, highlights }) => ({
      name: employer,
      position: title,
      startDate: from,
      endDate: to,
      summary,
      highlights,
    })),
    projects: [
      ...cv.projects.map(({ title, summary, highlights, technologies, url }) => ({
        name: title,
        description: summary,
        highlights,
        keywords: technologies,
        url,
      })),
      ...cv.results.map(({ title, result }) => ({ name: title, description: result })),
      ...cv.openSource.map((entry) => ({
        name: entry.title,
        description: words(entry),
        url: entry.url,
        type: "open source",
      })),
      ...cv.talks.map((entry) => ({ name: entry.title, description: words(entry), url: entry.url, type: "talk" })),
    ],
    awards: cv.awards.map((entry) => ({ title: entry.title, date: date(entry), summary: words(entry) })),
    certificates: cv.certificates.map((entry) => ({
      name: entry.title,
      date: date(entry),
      issuer: entry.detail,
      url: entry.url,
    })),
    publications: cv.publications.map((entry) => ({ name: entry.title, summary: words(entry), url: entry.url })),
    skills: cv.technologies.map((name) => ({ name })),
    interests: cv.interests.map((name) => ({ name })),
  };
  return `${JSON.stringify(resume, null, 2)}\n`;
}

/** The schema knows dates of a day, a month or a year, and nothing else. */
function date({ when }: CvEntry): string | undefined {
  return when && /^\d{4}(?:-\d{2}){0,2}$/.test(when) ? when : undefined;
}

function words({ detail, when }: CvEntry): string | undefined {
  return [detail, when].filter(Boolean).join(", ") || undefined;
}
