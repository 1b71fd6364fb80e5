/** Under which name the views of a post are counted: its slug, whatever it was called before. */
import type { ManifestPost, SiteManifest } from "../../../site/publish/manifest.ts";

type NamedPost = Pick<ManifestPost, "slug" | "aliases">;
type Names = ReadonlyMap<string, string>;

const known = new WeakMap<SiteManifest, Names>();

/** The slug of the post that has or had this one; absent when there is none. */
export function countedAs(site: SiteManifest, slug = ""): string | undefined {
  const names = known.get(site) ?? namesOf(site.posts);
  known.set(site, names);
  return names.get(slug);
}

/** From every slug that a post has or had to the one that it has. */
export function namesOf(posts: readonly NamedPost[]): Names {
  const former = posts.flatMap((post) => formerSlugs(post).map((slug) => [slug, post.slug] as const));
  return new Map([...former, ...posts.map(({ slug }) => [slug, slug] as const)]);
}

/** Views of a post under all its names. */
export function viewsOf(counted: ReadonlyMap<string, number>, post: NamedPost): number {
  return [post.slug, ...formerSlugs(post)].reduce((sum, slug) => sum + (counted.get(slug) ?? 0), 0);
}

/** Of older addresses `/posts/<slug>/`; what stood elsewhere was not counted here. */
function formerSlugs({ aliases = [] }: NamedPost): readonly string[] {
  return aliases.flatMap((address) => /^\/posts\/([^/]+)\/?$/.exec(address)?.[1] ?? []);
}
