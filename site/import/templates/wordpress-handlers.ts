/** What becomes of the shortcodes that WordPress brings itself. */
import { escapeHtml } from "../../html.ts";
import { type Arguments, given } from "./arguments.ts";
import { embedLink, embedNames } from "./embeds.ts";

export interface ShortcodeUse {
  readonly name: string;
  readonly given: Arguments;
  /** Absent where nothing closes it. */
  readonly inner: string | undefined;
}

export interface Attachment {
  readonly id: string;
  readonly url: string;
  readonly alt: string;
  readonly caption: string;
}

/** What the shortcodes and blocks of a post refer to. */
export interface WordPressPost {
  readonly attachment: (id: string) => Attachment | undefined;
  /** Pictures that were uploaded for this post. */
  readonly own: () => readonly Attachment[];
  /** HTML of the blocks that posts share, by their ids. */
  readonly blocks: ReadonlyMap<string, string>;
  readonly footnotes: readonly { readonly id: string; readonly content: string }[];
}

export interface Shown {
  readonly html: string;
  /** What was lost on the way. */
  readonly told?: string | undefined;
}

type ShortcodeHandler = (use: ShortcodeUse, post: WordPressPost) => Shown | undefined;

const handlers: Readonly<Record<string, ShortcodeHandler>> = {
  caption: captioned,
  wp_caption: captioned,
  gallery({ given: options }, post) {
    const ids = given(options, ["ids", "include"]).match(/\d+/g);
    const pictures = ids ? ids.flatMap((id) => post.attachment(id) ?? []) : post.own();
    if (pictures.length === 0) return undefined;
    const lost = (ids ?? []).filter((id) => !post.attachment(id));
    const without = lost.length > 0 ? `, without ${lost.join(", ")}, which the export does not hold` : "";
    const told = `became pictures, one below the other${without}`;
    return { html: `\n\n${pictures.map(figure).join("\n")}\n\n`, told };
  },
  embed: ({ inner, given: options }) => {
    const address = (inner ?? given(options, ["src"], 0)).trim();
    return /^https?:\/\/\S+$/.test(address)
      ? { html: `\n\n<div class="wp-block-embed">${escapeHtml(address)}</div>\n\n` }
      : undefined;
  },
  video: player,
  audio: player,
  toc: () => ({ html: "", told: "left out; the contents list is made by itself" }),
  "ez-toc": () => ({ html: "", told: "left out; the contents list is made by itself" }),
  ...Object.fromEntries(embedNames.map((name) => [name, embedded])),
};

export const shortcodeHandlers: ReadonlyMap<string, ShortcodeHandler> = new Map(Object.entries(handlers));

/** The picture, perhaps in a link, then the words. */
function captioned({ given: options, inner }: ShortcodeUse): Shown | undefined {
  const [, picture = "", words = ""] =
    /^\s*((?:<a\b[^>]*>)?\s*<img\b[^>]*>\s*(?:<\/a>)?)([\s\S]*)$/i.exec(inner ?? "") ?? [];
  const caption = words.trim() || given(options, ["caption"]);
  if (!picture) return undefined;
  return { html: `\n\n<figure>${picture}${caption && `<figcaption>${caption}</figcaption>`}</figure>\n\n` };
}

function figure({ url, alt, caption }: Attachment): string {
  const picture = `<img src="${escapeHtml(url)}" alt="${escapeHtml(alt)}">`;
  return `<figure>${picture}${caption && `<figcaption>${caption}</figcaption>`}</figure>`;
}

function player({ name, given: options }: ShortcodeUse): Shown | undefined {
  const src = given(options, ["src", "mp4", "webm", "ogv", "m4v", "mp3", "m4a", "ogg", "wav"], 0);
  return src ? { html: `\n\n<${name} src="${escapeHtml(src)}"></${name}>\n\n` } : undefined;
}

/** `[youtube https://…]`, `[vimeo 123]`, `[gist]https://…[/gist]` */
function embedded({ name, given: options, inner }: ShortcodeUse): Shown | undefined {
  const link = embedLink(name, inner ?? given(options, ["id", "url", "src"], 0));
  return (
    link && { html: `<p><a href="${escapeHtml(link.href)}">${escapeHtml(link.name)}</a></p>`, told: "became a link" }
  );
}
