/** What ties jobs, projects, case studies, posts and achievements together: the technologies that they share. */
import type { Blog, Post } from "./blog.ts";
import type { Technologies } from "./schemas.ts";

export interface Technology {
  readonly name: string;
  readonly slug: string;
  /** Path of its page. */
  readonly url: string;
  /** One sentence, and its home elsewhere. */
  readonly about: string | undefined;
  readonly home: string | undefined;
  readonly experience: Blog["experience"];
  readonly projects: Blog["projects"];
  readonly caseStudies: Blog["caseStudies"];
  readonly achievements: Blog["achievements"];
  /** Listed posts that have it as a tag, newest first. */
  readonly posts: readonly Post[];
}

type Sources = Pick<Blog, "experience" | "projects" | "caseStudies" | "achievements" | "listed">;

/** In the order of the vocabulary; names that only the entries use come after it. */
export function technologiesOf(vocabulary: Technologies, blog: Sources): readonly Technology[] {
  const { experience, projects, caseStudies, achievements } = blog;
  const used = [experience, projects, caseStudies, achievements].flatMap((entries) =>
    entries.flatMap(({ technologies }) => technologies),
  );
  const names = new Set([...vocabulary.map(({ name }) => name), ...used]);
  const entries = new Map(vocabulary.map((entry) => [entry.name, entry]));
  return [...names].map((name) => {
    const slug = technologySlug(name);
    const uses = <T extends { readonly technologies: readonly string[] }>(all: readonly T[]): T[] =>
      all.filter(({ technologies }) => technologies.includes(name));
    return {
      name,
      slug,
      url: technologyUrl(name),
      about: entries.get(name)?.about ?? undefined,
      home: entries.get(name)?.url ?? undefined,
      experience: uses(experience),
      projects: uses(projects),
      caseStudies: uses(caseStudies),
      achievements: uses(achievements),
      posts: blog.listed.filter(({ tags }) => tags.includes(slug)),
    };
  });
}

/** Written about alone is not worked with. */
export function isWorkedWith(uses: Omit<Sources, "listed">): boolean {
  const { experience, projects, caseStudies, achievements } = uses;
  return experience.length + projects.length + caseStudies.length + achievements.length > 0;
}

export function technologyUrl(name: string): string {
  return `/technologies/${technologySlug(name)}/`;
}

/** `Apache Kafka` → `apache-kafka`, `C++` → `c-plus-plus`, `C#` → `c-sharp`: the tag of its posts, too. */
export function technologySlug(name: string): string {
  const words = name.normalize("NFC").toLowerCase().replaceAll("+", " plus ").replaceAll("#", " sharp ");
  return words.match(/[\p{L}\p{M}\p{N}]+/gu)?.join("-") ?? "other";
}
