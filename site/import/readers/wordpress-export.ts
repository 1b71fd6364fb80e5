/** Everything that the files of one export of WordPress hold, and what items refer to in each other. */
import type { ContentProblem } from "../../content/problem.ts";
import type { Source } from "../../content/source.ts";
import type { Settings } from "../source-post.ts";
import type { Attachment } from "../templates/wordpress-handlers.ts";
import { siteOf } from "./config.ts";
import { readWxr, textOf, type WxrItem } from "./wxr.ts";

export interface WordPressExport {
  readonly items: readonly WordPressItem[];
  readonly hosts: readonly string[];
  /** Path of the blog on its host. */
  readonly basePath: string;
  /** By their ids. */
  readonly attachments: ReadonlyMap<string, Upload>;
  /** HTML of the blocks that posts share, by their ids. */
  readonly blocks: ReadonlyMap<string, string>;
  readonly settings: Settings;
}

export interface WordPressItem extends WxrItem {
  readonly source: Source;
  /** Text of a field, or of a custom one when the name begins with `meta:`; empty when it is not there. */
  field(name: string): string;
}

/** `parent` is the id of the post for which it was uploaded. */
export interface Upload extends Attachment {
  readonly parent: string;
}

export function readWordPress(
  texts: readonly Source[],
  settings: Settings,
  problems: ContentProblem[],
): WordPressExport {
  const files = texts.map((source) => ({ source, ...readWxr(source, problems) }));
  const items = files.flatMap((file) => file.items.map((item) => itemOf(item, file.source)));
  const addresses = files.flatMap(({ channel, source }) =>
    ["wp:base_blog_url", "wp:base_site_url", "link"].map((name) => textOf(source.text, channel.get(name)).trim()),
  );
  const sites = addresses.filter(Boolean).map((address) => siteOf(address));
  return {
    items,
    settings,
    hosts: [...new Set(sites.flatMap(({ hosts }) => hosts))],
    basePath: sites[0]?.basePath ?? "",
    attachments: new Map(ofType(items, "attachment").map((item) => [item.field("wp:post_id"), uploadOf(item)])),
    blocks: new Map(
      ofType(items, "wp_block").map(({ field }) => [field("wp:post_id"), field("content:encoded")] as const),
    ),
  };
}

function itemOf(item: WxrItem, source: Source): WordPressItem {
  const elementOf = (name: string) =>
    name.startsWith("meta:") ? item.meta.get(name.slice(5))?.[0] : item.fields.get(name);
  return { ...item, source, field: (name) => textOf(source.text, elementOf(name)).trim() };
}

function ofType(items: readonly WordPressItem[], type: string): WordPressItem[] {
  return items.filter(({ field }) => field("wp:post_type") === type);
}

function uploadOf({ field }: WordPressItem): Upload {
  return {
    id: field("wp:post_id"),
    url: field("wp:attachment_url") || field("guid"),
    alt: field("meta:_wp_attachment_image_alt"),
    caption: field("excerpt:encoded"),
    parent: field("wp:post_parent"),
  };
}
