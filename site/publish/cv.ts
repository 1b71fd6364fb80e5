/** A curriculum vitae made of the owner's data: the one source of its page, its PDF and the forms that programs read. */
import type { Blog } from "../content/blog.ts";
import { isKnown, type KnownMetric, withUnit } from "../content/metrics.ts";
import type { Achievements, Experience } from "../content/schemas.ts";
import { isTalk, talkUrl, whenOf } from "../content/talks.ts";
import { isWorkedWith } from "../content/technologies.ts";

export interface Cv {
  /** The role where the owner gives no name. */
  readonly name: string;
  readonly role: string;
  readonly summary: string;
  /** Paragraphs. */
  readonly about: readonly string[];
  readonly email: string | undefined;
  /** E.164. */
  readonly phone: string | undefined;
  /** Absolute. */
  readonly url: string;
  readonly profiles: readonly { readonly label: string; readonly url: string }[];
  readonly jobs: readonly CvJob[];
  readonly projects: readonly CvProject[];
  /** Case studies with a known number. */
  readonly results: readonly { readonly title: string; readonly result: string }[];
  readonly awards: readonly CvEntry[];
  readonly certificates: readonly CvEntry[];
  readonly talks: readonly CvEntry[];
  readonly openSource: readonly CvEntry[];
  readonly publications: readonly CvEntry[];
  readonly technologies: readonly string[];
  readonly interests: readonly string[];
}

export interface CvJob {
  readonly employer: string;
  readonly title: string | undefined;
  /** `2021-04`, as precisely as it is known. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly summary: string;
  readonly highlights: readonly string[];
  readonly technologies: readonly string[];
}

export interface CvProject {
  readonly title: string;
  readonly summary: string;
  /** Its figure and its facts, `3 billion+ events a day`. */
  readonly highlights: readonly string[];
  readonly technologies: readonly string[];
  readonly url: string | undefined;
}

export interface CvEntry {
  readonly title: string;
  readonly detail: string | undefined;
  /** As the owner writes it, `2023` or `ongoing`. */
  readonly when: string | undefined;
  readonly url: string | undefined;
}

export function cvOf({ site, profile, experience, projects, caseStudies, achievements, technologies }: Blog): Cv {
  return {
    name: profile.name ?? profile.role,
    role: profile.role,
    summary: profile.headline,
    about: profile.about,
    email: profile.email ?? undefined,
    phone: profile.whatsapp ?? undefined,
    url: `${site.url}/`,
    profiles: profile.profiles,
    jobs: experience.map(jobOf),
    projects: projects.map(({ title, summary, figure, facts, technologies: used, links }) => ({
      title,
      summary,
      highlights: [...(figure ? [`${figure.value} ${figure.label}`] : []), ...facts],
      technologies: used,
      url: links[0]?.url,
    })),
    results: caseStudies.flatMap(({ title, metrics }) => {
      const known = metrics.filter(isKnown);
      return known.length > 0 ? [{ title, result: known.map((one) => inWords(one, site.language)).join("; ") }] : [];
    }),
    awards: ofKind({ site, achievements }, "award"),
    certificates: ofKind({ site, achievements }, "certification"),
    talks: ofKind({ site, achievements }, "talk"),
    openSource: ofKind({ site, achievements }, "open source"),
    publications: ofKind({ site, achievements }, "publication"),
    technologies: technologies.filter(isWorkedWith).map(({ name }) => name),
    interests: profile.interests,
  };
}

function jobOf({ company, team, title, from, to, summary, highlights, technologies }: Experience[number]): CvJob {
  return {
    employer: company ?? team ?? title ?? summary,
    title: title ?? undefined,
    from: from ?? undefined,
    to: to ?? undefined,
    summary,
    highlights,
    technologies,
  };
}

type EntrySource = Pick<Blog, "site" | "achievements">;

function inWords(metric: KnownMetric, language: string): string {
  const { label, before, after } = metric;
  const to = withUnit(after, metric, language);
  return before == null ? `${label} ${to}` : `${label} from ${before} to ${to}`;
}

function ofKind({ site, achievements }: EntrySource, kind: Achievements[number]["kind"]): readonly CvEntry[] {
  return achievements
    .filter((achievement) => achievement.kind === kind)
    .map((achievement) => {
      const { title, detail, event, venue, url, verify, video } = achievement;
      const page = isTalk(achievement) ? site.url + talkUrl(achievement) : undefined;
      return {
        title,
        detail: detail ?? event ?? venue ?? undefined,
        when: whenOf(achievement),
        url: url ?? verify ?? page ?? video ?? undefined,
      };
    });
}
