/** Keys of front matter that engines and their themes use for what ours has too. */
import { readDate } from "../dates.ts";
import type { SourceFrontMatter } from "../front-matter.ts";
import type { SourcePicture, Tell } from "../source-post.ts";
import { asFlag, asList, asRecord, asText } from "../values.ts";

interface Reading {
  /** IANA time zone. */
  readonly zone: string;
  readonly tell: Tell;
  /** Where one text is several tags. */
  readonly separator: RegExp;
}

export function valuesOf(front: SourceFrontMatter, { zone, tell, separator }: Reading) {
  const tags = [front.take("tags", "tag", "taxonomies.tags", "topics"), front.take("keywords")];
  const updated = front.take(
    "updated",
    "lastmod",
    "modified",
    "last_modified_at",
    "updateddate",
    "updatedat",
    "updated_at",
    "moddatetime",
    "lastmodified",
    "datemodified",
  );
  const canonical = front.take("canonical", "canonicalurl", "canonical_url", "extra.canonical");
  const address = asText(canonical?.value);
  const isAddress = address !== undefined && /^https?:\/\//.test(address) && URL.canParse(address);
  if (canonical && !isAddress)
    tell(canonical.offset, "front-matter", `"${canonical.key}" is no absolute address`, "left out");
  const aliases = [front.take("aliases"), front.take("redirect_from", "redirects", "redirectfrom")];
  const robots = asText(front.take("robots")?.value);
  return {
    description: asText(front.take("description", "excerpt", "summary", "subtitle", "spoiler", "lead")?.value),
    updated: readDate(asWritten(updated?.value), zone),
    tags: tags.flatMap((entry) => asList(entry?.value, entry?.key === "tags" ? separator : /,/)),
    canonical: isAddress ? address : undefined,
    unlisted:
      asFlag(front.take("unlisted", "hidden", "excludefromcollections", "eleventyexcludefromcollections")?.value) ||
      /noindex/.test(robots ?? "") ||
      undefined,
    toc: asFlag(front.take("toc", "showtoc", "tableofcontents")?.value) === false ? (false as const) : undefined,
    aliases: aliases.flatMap((entry) => asList(entry?.value)),
    image: imageOf(front),
  };
}

function imageOf(front: SourceFrontMatter): SourcePicture | undefined {
  const names = [
    "image",
    "cover",
    "hero",
    "banner",
    "thumbnail",
    "featured",
    "featuredimage",
    "heroimage",
    "coverimage",
    "ogimage",
    "images",
  ];
  const entry = front.take(
    ...names.flatMap((name) => [
      name,
      `${name}.src`,
      `${name}.image`,
      `${name}.url`,
      `${name}.path`,
      `header.${name}`,
      `extra.${name}`,
    ]),
  );
  const alt = front.take(
    ...names.flatMap((name) => [`${name}alt`, `${name}_alt`, `${name}.alt`, `${name}.caption`]),
    "alt",
  );
  const src = asList(entry?.value, /\n/)[0] ?? asText(asRecord(entry?.value)["src"]);
  return entry && src ? { src, alt: asText(alt?.value), offset: entry.offset } : undefined;
}

/** Keys that only said which template to use, or that readers never saw. */
const silent =
  /^(?:layout|template|type|id|uuid|guid|weight|comments?|authors?(?:\..*)?|date|eleventynavigation\..*|menu\..*|classes|header\..*|sitemap.*)$/i;

export function tellRest(front: SourceFrontMatter, tell: Tell): void {
  for (const { key, offset } of front.rest())
    if (!silent.test(key)) tell(offset, "front-matter", `front matter "${key}" has no counterpart here`, "left out");
}

/** YAML and TOML have dates of their own. */
export function asWritten(value: unknown): unknown {
  return value instanceof Date && "toISOString" in value ? value.toISOString() : value;
}
