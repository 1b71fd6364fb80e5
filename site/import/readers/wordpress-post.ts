/** Posts of WordPress's export. */
import type { ContentProblem } from "../../content/problem.ts";
import { draftOf } from "../draft.ts";
import { plainText } from "../html/plain-text.ts";
import { type SourcePicture, type SourcePost, type Tell, tellInto } from "../source-post.ts";
import { wordpress as templates } from "../templates/wordpress.ts";
import type { WordPressPost } from "../templates/wordpress-handlers.ts";
import { asRecords, asText } from "../values.ts";
import { firstAddress } from "./first-address.ts";
import { dateOf } from "./wordpress-dates.ts";
import type { WordPressExport, WordPressItem } from "./wordpress-export.ts";
import { draftIn, textOf } from "./wxr.ts";

/** What lies in the trash, or was begun and never written, is none. */
export function isPost({ field }: WordPressItem): boolean {
  const isKept = !/^(?:trash|inherit|auto-draft)$/.test(field("wp:status"));
  return field("wp:post_type") === "post" && isKept && field("content:encoded") !== "";
}

export function postOf(item: WordPressItem, whole: WordPressExport): SourcePost {
  const { source, start, field, fields } = item;
  const { settings } = whole;
  const problems: ContentProblem[] = [];
  const tell = tellInto(problems, source);
  const content = fields.get("content:encoded");
  const title = plainText(field("title")) || "Untitled";
  const isClosed = tellClosed(item, tell);
  const first = firstAddress(field("meta:_yoast_wpseo_canonical"), settings);
  const isDraft = isClosed || !/^(?:publish|future)$/.test(field("wp:status"));
  const old = addressesOf(item, whole);
  const address = old.path;
  if (!isDraft && !address) tell(start, "address", `old address ${field("link")}`, "cannot be an alias here");
  return {
    id: `wordpress ${field("guid") || field("link") || field("wp:post_id")}`,
    source,
    start,
    body: content ? draftIn(source.text, content) : draftOf(""),
    format: "html",
    html: { paragraphs: /<!--\s*wp:/.test(field("content:encoded")) ? "blocks" : "lines" },
    templates: templates(surroundings(item, whole)),
    title,
    description: descriptionOf(item),
    published: publishedOf(item, settings.zone, isDraft ? undefined : tell),
    updated: field("wp:status") === "publish" ? dateOf(item, "post_modified", settings.zone) : undefined,
    tags: tagsOf(item, tell),
    draft: isDraft,
    unlisted: field("meta:_yoast_wpseo_meta-robots-noindex") === "1" || undefined,
    canonical: first.canonical,
    image: imageOf(item, whole, tell),
    slug: field("wp:post_name") || title,
    address,
    // A draft has no address; what was one for some readers only will have it again.
    aliases: [...old.older, ...(first.path ? [first.path] : []), ...(isClosed && address ? [address] : [])],
    problems,
  };
}

function publishedOf(item: WordPressItem, zone: string, tell: Tell | undefined): string {
  const date = dateOf(item, "post_date", zone);
  const published = date ?? dateOf(item, "post_modified", zone) ?? "1970-01-01";
  if (!date) tell?.(item.start, "front-matter", "there is no date", `it became ${published}`);
  return published;
}

/** What not everybody could see is nothing to publish unasked. */
function tellClosed({ field, fields, start }: WordPressItem, tell: Tell): boolean {
  const isPrivate = field("wp:status") === "private";
  const hasPassword = field("wp:post_password") !== "";
  const at = fields.get(isPrivate ? "wp:status" : "wp:post_password")?.start ?? start;
  if (isPrivate) tell(at, "front-matter", "the post was private", "it became a draft");
  else if (hasPassword) tell(at, "front-matter", "the post needed a password", "it became a draft");
  return isPrivate || hasPassword;
}

/** An address such as `/?p=12` is none that a file could have. */
function addressesOf({ field, meta, source }: WordPressItem, { hosts, basePath }: WordPressExport) {
  const pathOf = (address: string) => {
    const url = /^https?:/.test(address) && URL.canParse(address) ? new URL(address) : undefined;
    const isPath = url && hosts.includes(url.host) && url.search === "" && url.pathname.replace(/\/$/, "") !== basePath;
    return isPath ? url.pathname : undefined;
  };
  const now = pathOf(field("link"));
  const before = pathOf(field("guid"));
  const slugs = (meta.get("_wp_old_slug") ?? []).map((element) => textOf(source.text, element).trim());
  const renamed = now ? slugs.map((slug) => now.replace(/[^/]+(\/?)$/, (_, end: string) => slug + end)) : [];
  return { path: now, older: [...new Set([before, ...renamed])].flatMap((one) => (one && one !== now ? [one] : [])) };
}

function descriptionOf({ field }: WordPressItem): string | undefined {
  const names = [
    "excerpt:encoded",
    "meta:_yoast_wpseo_metadesc",
    "meta:rank_math_description",
    "meta:_aioseop_description",
  ];
  return names.map((name) => plainText(field(name))).find((text) => text && !/%%?\w+%/.test(text));
}

/** The category that posts have when nobody chose one, as some languages call it. */
const none =
  /^(?:uncategorized|allgemein|non-classe|sin-categoria|senza-categoria|sem-categoria|geen-categorie|okategoriserade)$/;

function tagsOf({ categories, source: { text } }: WordPressItem, tell: Tell): readonly string[] {
  const named = (domain: string) =>
    categories.filter(({ attributes }) => attributes["domain"] === domain && !none.test(attributes["nicename"] ?? ""));
  for (const element of categories) {
    const { domain = "category" } = element.attributes;
    if (!/^(?:category|post_tag|post_format)$/.test(domain))
      tell(element.start, "front-matter", `"${textOf(text, element)}" of the taxonomy "${domain}"`, "left out");
  }
  return [...named("post_tag"), ...named("category")].map((element) => plainText(textOf(text, element)));
}

function imageOf(
  { field, meta, start }: WordPressItem,
  { attachments }: WordPressExport,
  tell: Tell,
): SourcePicture | undefined {
  const id = field("meta:_thumbnail_id");
  if (!/^[1-9]\d*$/.test(id)) return undefined;
  const offset = meta.get("_thumbnail_id")?.[0]?.start ?? start;
  const picture = attachments.get(id);
  if (!picture) tell(offset, "picture", "the picture of the post is not in the export", "left out");
  return picture && { src: picture.url, alt: picture.alt || plainText(picture.caption) || undefined, offset };
}

function surroundings({ field }: WordPressItem, { attachments, blocks }: WordPressExport): WordPressPost {
  return {
    attachment: (id) => attachments.get(id),
    own: () => [...attachments.values()].filter(({ parent, url }) => parent === field("wp:post_id") && isPicture(url)),
    blocks,
    footnotes: footnotesIn(field("meta:footnotes")),
  };
}

function isPicture(url: string): boolean {
  return /\.(?:avif|gif|jpe?g|png|svg|webp)$/i.test(url);
}

/** The editor keeps them as JSON, apart from the text. */
function footnotesIn(json: string): WordPressPost["footnotes"] {
  try {
    return asRecords(JSON.parse(json || "[]")).map(({ id, content }) => ({
      id: asText(id) ?? "",
      content: asText(content) ?? "",
    }));
  } catch {
    return [];
  }
}
