/** What ties the data files to each other and to the posts: keys that must exist, names that must be written one way. */
import { nearest } from "../nearest.ts";
import type { DataFile, LoadedData } from "./data.ts";
import type { LoadedPost } from "./post.ts";
import type { ContentProblem } from "./problem.ts";
import type { Achievements } from "./schemas.ts";
import type { KeyPath } from "./structured.ts";
import { isTalk, talkUrl } from "./talks.ts";

type Keyed = { readonly key: string };

export function dataProblems(data: LoadedData, posts: readonly LoadedPost[]): ContentProblem[] {
  const { experience, projects, achievements, technologies, "case-studies": caseStudies } = data;
  const jobs = keysOf(experience);
  const slugs = posts.map(({ page }) => page.slug);
  return [
    ...doubledKeys(experience),
    ...doubledKeys(projects),
    ...doubledKeys(caseStudies),
    ...references(projects, (project) => [project.experience], ["experience"], jobs, "experience"),
    ...references(caseStudies, (study) => [study.experience], ["experience"], jobs, "experience"),
    ...references(caseStudies, (study) => [study.project], ["project"], keysOf(projects), "project"),
    ...references(projects, (project) => project.posts, ["posts"], slugs, "post"),
    ...references(caseStudies, (study) => study.posts, ["posts"], slugs, "post"),
    ...references(achievements, (achievement) => achievement.posts, ["posts"], slugs, "post"),
    ...jobDates(experience),
    ...doubledTalks(achievements),
    ...strayKeys(achievements),
    ...spellings([technologyNames(technologies), experience, projects, caseStudies, achievements]),
    ...[experience, projects, caseStudies, achievements].flatMap((file) => unknownNames(file, technologies)),
  ];
}

function keysOf(file: DataFile<readonly Keyed[]> | undefined): readonly string[] | undefined {
  return file?.value.map(({ key }) => key);
}

function doubledKeys(file: DataFile<readonly Keyed[]> | undefined): ContentProblem[] {
  if (!file) return [];
  return file.value.flatMap(({ key }, at) => {
    const isFirst = file.value.findIndex((other) => other.key === key) === at;
    return isFirst
      ? []
      : [file.at([at, "key"], { code: "doubled-key", problem: `the key "${key}" is taken by an earlier entry` })];
  });
}

/** `known` absent: the file that defines the keys is broken itself, and says so. */
function references<T>(
  file: DataFile<readonly T[]> | undefined,
  keysIn: (entry: T) => readonly (string | null | undefined)[],
  path: KeyPath,
  known: readonly string[] | undefined,
  noun: string,
): ContentProblem[] {
  if (!file || !known) return [];
  return file.value.flatMap((entry, at) =>
    keysIn(entry).flatMap((key, index) => {
      if (!key || known.includes(key)) return [];
      const near = nearest(key, known);
      const place = path[0] === "posts" ? [at, ...path, index] : [at, ...path];
      const hint = near ? `did you mean "${near}"?` : undefined;
      return [file.at(place, { code: "unknown-reference", problem: `there is no ${noun} "${key}"`, hint })];
    }),
  );
}

function jobDates(experience: LoadedData["experience"]): ContentProblem[] {
  if (!experience) return [];
  return experience.value.flatMap(({ from, to }, at) =>
    from && to && to < from
      ? [experience.at([at, "to"], { code: "date-order", problem: `"to" (${to}) is before "from" (${from})` })]
      : [],
  );
}

function doubledTalks(achievements: LoadedData["achievements"]): ContentProblem[] {
  const taken = new Set<string>();
  return (achievements?.value ?? []).flatMap((achievement, at) => {
    if (!achievements || !isTalk(achievement)) return [];
    const url = talkUrl(achievement);
    const problem = `an earlier talk has the address ${url}`;
    const isTaken = taken.has(url);
    taken.add(url);
    return isTaken ? [achievements.at([at, "title"], { code: "doubled-key", problem, hint: "change the title" })] : [];
  });
}

/** Which kind of achievement some keys are of: on another one nobody would read them. */
const kindOfKey = {
  expires: "certification",
  verify: "certification",
  abstract: "talk",
  event: "talk",
  place: "talk",
  date: "talk",
  slides: "talk",
  video: "talk",
  venue: "publication",
} as const satisfies Partial<Record<keyof Achievements[number], Achievements[number]["kind"]>>;

function strayKeys(achievements: LoadedData["achievements"]): ContentProblem[] {
  if (!achievements) return [];
  return achievements.value.flatMap((achievement, at) =>
    Object.entries(kindOfKey).flatMap(([key, kind]) => {
      if (achievement.kind === kind || achievement[key as keyof typeof kindOfKey] == null) return [];
      const problem = `"${key}" is of a ${kind}, and this is "${achievement.kind}"`;
      return [achievements.at([at, key], { code: "stray-key", problem })];
    }),
  );
}

type NamesFile = DataFile<readonly { readonly technologies: readonly string[] }[]> | undefined;

/** The vocabulary, in the shape of those who use it. */
function technologyNames(file: LoadedData["technologies"]): NamesFile {
  if (!file) return undefined;
  const at: DataFile<unknown>["at"] = ([entry = 0], words) => file.at([entry, "name"], words);
  return { value: file.value.map(({ name }) => ({ technologies: [name] })), at };
}

/** A site without a vocabulary makes it from what is used. */
function unknownNames(file: NamesFile, vocabulary: LoadedData["technologies"]): ContentProblem[] {
  if (!file || !vocabulary) return [];
  const known = vocabulary.value.map(({ name }) => name);
  return file.value.flatMap(({ technologies }, at) =>
    technologies.flatMap((name, index) => {
      // A known name in another spelling is told of already.
      if (known.some((one) => plainName(one) === plainName(name))) return [];
      const near = nearest(name, known);
      const hint = near ? `did you mean "${near}"?` : "write it into _data/technologies.json";
      const problem = `there is no technology "${name}"`;
      return [file.at([at, "technologies", index], { code: "unknown-reference", problem, hint })];
    }),
  );
}

/** One technology, one spelling: pages of technologies are made from these names. */
function spellings(files: readonly NamesFile[]): ContentProblem[] {
  const first = new Map<string, string>();
  return files.flatMap((file) =>
    (file?.value ?? []).flatMap(({ technologies }, at) =>
      technologies.flatMap((name, index) => {
        const plain = plainName(name);
        const known = first.get(plain) ?? name;
        first.set(plain, known);
        if (known === name || !file) return [];
        const hint = `write it one way everywhere`;
        return [
          file.at([at, "technologies", index], {
            code: "two-spellings",
            problem: `"${name}" is written "${known}" elsewhere`,
            hint,
          }),
        ];
      }),
    ),
  );
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}+#]/gu, "");
}
