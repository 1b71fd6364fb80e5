/** What the files of _data/ still leave to their owner. Nothing here but the site's address keeps the site from working. */
import { readData } from "../site/content/data.ts";
import type { Achievements, CaseStudies, Experience, Profile, Projects, Site } from "../site/content/schemas.ts";
import { isExampleDomain } from "./example-domain.ts";
import { type Finding, missing, ok, skipped, wrong } from "./finding.ts";

/** `siteUrl` is what the environment says, which counts more than site.json. */
export async function checkFacts(root: string, siteUrl: string | undefined): Promise<readonly Finding[]> {
  const data = await readData(root, []);
  return [
    ...said("site.json", data.site, (site) => siteFacts(site, siteUrl)),
    ...said("profile.json", data.profile, profileFacts),
    ...said("experience.json", data.experience, experienceFacts),
    ...said("projects.json", data.projects, projectFacts),
    ...said("case-studies.json", data["case-studies"], caseStudyFacts),
    ...said("achievements.json", data.achievements, achievementFacts),
  ];
}

/** A file without gaps is worth one line, one with a mistake in it none: "Content" says that. */
function said<T>(file: string, read: { readonly value: T } | undefined, facts: (value: T) => readonly Finding[]) {
  if (!read) return [skipped(file, "has mistakes; mend the content first")];
  const findings = facts(read.value);
  return findings.length > 0 ? findings : [ok(file, "complete")];
}

function siteFacts({ url, repository }: Site, siteUrl: string | undefined): readonly Finding[] {
  const { origin, hostname } = new URL(siteUrl ?? url);
  const source = siteUrl ? "SITE_URL" : '"url" of site.json';
  const remedy = `put the address of your site into ${source}`;
  const address = isExampleDomain(hostname)
    ? wrong("site address", `still an example's, ${origin}`, { remedy, blocks: true })
    : ok("site address", `${origin}, from ${source}`);
  return [address, ...gap("site.json", { repository })];
}

function profileFacts({ name, email, whatsapp, profiles }: Profile): readonly Finding[] {
  const isExample = email && isExampleDomain(email.slice(email.lastIndexOf("@") + 1));
  const address = isExample ? [missing("profile.json", "email is an example's", { remedy: "put your own there" })] : [];
  return [...address, ...gap("profile.json", { name, email, whatsapp, profiles: profiles[0] })];
}

function experienceFacts(jobs: Experience): readonly Finding[] {
  return jobs.flatMap(({ key, company, title, from }) => gap(`experience.json ${key}`, { company, title, from }));
}

function projectFacts(projects: Projects): readonly Finding[] {
  return projects.flatMap(({ key, links }) => gap(`projects.json ${key}`, { links: links[0] }));
}

function caseStudyFacts(studies: CaseStudies): readonly Finding[] {
  return studies.flatMap(({ key, constraint, rejected, differently, result, metrics }) => {
    const figures = metrics.map(({ label, after, confidential }) => [`"${label}"`, after ?? (confidential || null)]);
    return gap(`case-studies.json ${key}`, {
      constraint,
      rejected: rejected[0],
      result,
      differently,
      ...Object.fromEntries(figures),
    });
  });
}

/** A talk without an abstract has no page, and one without its place and day is no event to programs. */
function achievementFacts(achievements: Achievements): readonly Finding[] {
  return achievements.flatMap(({ kind, title, abstract, place, date, expires, verify, venue, url }) => {
    const subject = `achievements.json "${title}"`;
    if (kind === "talk") return gap(subject, { abstract, place, date });
    if (kind === "certification") return gap(subject, { expires, verify });
    return kind === "publication" ? gap(subject, { venue: venue ?? url }) : [];
  });
}

/** One line for all that is absent of one thing. */
function gap(subject: string, facts: Readonly<Record<string, unknown>>): readonly Finding[] {
  const absent = Object.entries(facts).flatMap(([name, value]) => (value == null || value === "" ? [name] : []));
  if (absent.length === 0) return [];
  return [missing(subject, `without ${absent.join(", ")}`, { remedy: "write it into _data/ if it is to be shown" })];
}
