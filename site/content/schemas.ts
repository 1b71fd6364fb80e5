/** The shapes of the data files. TypeScript's types come from here. */
import * as v from "valibot";
import { httpUrl, isTimeZone, kebab, languageTag, list, maybe, text, yearMonth } from "./values.ts";

const link = v.strictObject({ label: text, url: httpUrl });

export const Site = v.strictObject({
  title: text,
  description: text,
  /** Origin of the published site; no trailing slash. */
  url: v.pipe(httpUrl, v.regex(/^https?:\/\/[^/]+$/, "must be an origin such as https://example.com, without a path")),
  language: languageTag,
  timezone: v.pipe(text, v.check(isTimeZone, "must be an IANA time zone such as Europe/Berlin")),
  repository: maybe(httpUrl),
  /** How long messages of the contact form are kept; site/publish/retention.ts has what holds when it is absent. */
  contactKeepDays: maybe(
    v.pipe(
      v.number("must be a number of days"),
      v.integer("must be a whole number of days"),
      v.minValue(1, "must be at least one day"),
      v.maxValue(3650, "must be at most ten years, 3650 days"),
    ),
  ),
  /** A hub that tells feed readers of news at once. @see https://www.w3.org/TR/websub/ */
  webSubHub: maybe(httpUrl),
});
export type Site = v.InferOutput<typeof Site>;

export const Profile = v.strictObject({
  name: maybe(text),
  role: text,
  /** One sentence: role, domain, proof. */
  headline: text,
  about: list(text),
  interests: list(text),
  email: maybe(v.pipe(text, v.email("must be an e-mail address"))),
  whatsapp: maybe(v.pipe(text, v.regex(/^\+[1-9]\d{6,14}$/, "must be an E.164 number such as +14155550100"))),
  profiles: list(link),
});
export type Profile = v.InferOutput<typeof Profile>;

export const Experience = v.array(
  v.strictObject({
    key: kebab,
    company: maybe(text),
    team: maybe(text),
    title: maybe(text),
    summary: text,
    highlights: list(text),
    technologies: list(text),
    from: maybe(yearMonth),
    to: maybe(yearMonth),
  }),
  "must be a list of jobs",
);
export type Experience = v.InferOutput<typeof Experience>;

export const Projects = v.array(
  v.strictObject({
    key: kebab,
    title: text,
    summary: text,
    /** The figure that stands for it, `3 billion+`, and what it counts, `events a day`. */
    figure: maybe(v.strictObject({ value: text, label: text })),
    facts: list(text),
    technologies: list(text),
    links: list(link),
    experience: maybe(kebab),
    /** Slugs of posts about it. */
    posts: list(kebab),
    selected: v.optional(v.boolean("must be true or false"), false),
  }),
  "must be a list of projects",
);
export type Projects = v.InferOutput<typeof Projects>;

/** A number is drawn as well as written. */
const measured = maybe(v.union([text, v.number()], "must be text or a number"));

export const Metric = v.strictObject({
  label: text,
  before: measured,
  after: measured,
  unit: maybe(text),
  /** How it was measured. */
  method: maybe(text),
  /** The value is a range because the exact one is confidential. */
  confidential: v.optional(v.boolean("must be true or false"), false),
});
export type Metric = v.InferOutput<typeof Metric>;

export const CaseStudies = v.array(
  v.strictObject({
    key: kebab,
    title: text,
    /** Where it took place, and for whom. */
    context: maybe(text),
    problem: text,
    /** What could not be given up. */
    constraint: maybe(text),
    rejected: list(v.strictObject({ option: text, reason: text })),
    solution: text,
    /** Drawn at build; `source` is Mermaid, `title` says what it shows to those who do not see it. */
    diagram: maybe(v.strictObject({ title: text, source: text })),
    result: maybe(text),
    /** What the owner would do differently. */
    differently: maybe(text),
    metrics: list(Metric),
    technologies: list(text),
    project: maybe(kebab),
    experience: maybe(kebab),
    /** Slugs of posts about it. */
    posts: list(kebab),
  }),
  "must be a list of case studies",
);
export type CaseStudies = v.InferOutput<typeof CaseStudies>;

export const Achievements = v.array(
  v.strictObject({
    kind: v.picklist(
      ["award", "certification", "talk", "open source", "publication"],
      'must be one of "award", "certification", "talk", "open source", "publication"',
    ),
    title: text,
    detail: maybe(text),
    when: maybe(text),
    url: maybe(httpUrl),
    /** Of a certification: its last month, and where anyone can check it. */
    expires: maybe(yearMonth),
    verify: maybe(httpUrl),
    /** Of a talk: what it was about, which gives it a page of its own. */
    abstract: maybe(text),
    /** Of a talk: the conference or meeting, where it took place, and the day. */
    event: maybe(text),
    place: maybe(text),
    date: maybe(yearMonth),
    slides: maybe(httpUrl),
    video: maybe(httpUrl),
    /** Of a publication that is one article: the journal or proceedings. */
    venue: maybe(text),
    technologies: list(text),
    /** Slugs of posts about it. */
    posts: list(kebab),
  }),
  "must be a list of achievements",
);
export type Achievements = v.InferOutput<typeof Achievements>;

/** The one vocabulary of names: jobs, projects, case studies and achievements use no others. */
export const Technologies = v.array(
  v.strictObject({ name: text, about: maybe(text), url: maybe(httpUrl) }),
  "must be a list of technologies",
);
export type Technologies = v.InferOutput<typeof Technologies>;

export const Navigation = v.array(
  v.strictObject({ label: text, url: v.pipe(text, v.startsWith("/", 'must begin with "/"')) }),
  "must be a list of links",
);
export type Navigation = v.InferOutput<typeof Navigation>;

/** What `npm run views:pull` writes: how often each post was read until then. */
export const Views = v.strictObject({
  /** A day in UTC. */
  asOf: v.pipe(text, v.isoDate("must be a date such as 2026-03-14")),
  posts: v.record(
    kebab,
    v.pipe(v.number("must be a number"), v.integer("must be a whole number"), v.minValue(0, "must not be below 0")),
    "must be slugs and numbers",
  ),
});
export type Views = v.InferOutput<typeof Views>;

/** Every file of `_data/`, by its name without `.json`. */
export const dataSchemas = {
  site: Site,
  profile: Profile,
  experience: Experience,
  projects: Projects,
  "case-studies": CaseStudies,
  achievements: Achievements,
  technologies: Technologies,
  navigation: Navigation,
  views: Views,
} as const;

export type DataName = keyof typeof dataSchemas;

/** Files that a site may do without. */
export const optionalData: ReadonlySet<string> = new Set(["technologies", "views"]);
