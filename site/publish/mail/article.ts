/** Makes the mail of a post, from the markup of its article. */
import type { Node } from "node-html-parser";
import type { Post } from "../../content/blog.ts";
import { toIso, toWords } from "../../content/dates.ts";
import type { Site } from "../../content/schemas.ts";
import { type ArticleMail, maxMailBytes, postKey } from "../article-mail.ts";
import { type MailFrame, mailDocument, mailPlainText, restMarkup } from "./document.ts";
import { footnotesMarkup, type MailContext, mailMarkup } from "./markup.ts";
import { type MadePicture, mailPictures } from "./pictures.ts";
import { encodedBytes } from "./size.ts";
import { footnotesText, mailText } from "./text.ts";
import { footnotesIn, footnotesOf, headingLevel, isElement, mailBlocks, tagOf } from "./tree.ts";

export interface MadeMail {
  readonly mail: ArticleMail;
  /** Of both parts as they are sent, at most. */
  readonly bytes: number;
  /** Files that the mail shows and no page does. */
  readonly pictures: readonly MadePicture[];
  /** Where it ends because the whole article would be too large. */
  readonly cut: MailCut | undefined;
}

export interface MailCut {
  /** Of the heading that comes next; absent where it ends within a section. */
  readonly id: string | undefined;
  /** Bytes that the whole would have. */
  readonly wholeBytes: number;
}

/** Pure: the same post gives the same mail. */
export function articleMail(post: Post, site: Site): MadeMail {
  const url = site.url + post.url;
  const pictures = mailPictures({ siteUrl: site.url, pageUrl: url, pictures: post.pictures.values() });
  const frame = frameOf(post, site);
  const parts = partsOf(mailBlocks(post.article.html), { pageUrl: url, pictures });
  const assemble: Assemble = (end, rest) => written(frame, parts, end, rest);
  const { html, text, bytes, cut } =
    site.newsletterContent === "excerpt"
      ? { ...assemble(excerptEnd(parts.blocks), { words: "Read the article on the site", place: "" }), cut: undefined }
      : fitted(parts, assemble);
  const { title, description, tags, published } = post;
  const mail = {
    key: postKey(post),
    url,
    title,
    description,
    published: toIso(published),
    tags,
    language: frame.language,
    subject: title,
    preview: description,
    html,
    text,
  };
  const shown = [...pictures.made.values()].filter((picture) => html.includes(picture.url));
  return { mail, bytes, pictures: shown, cut };
}

function frameOf(post: Post, site: Site): MailFrame {
  const { title, description, published, article, series, testedWith } = post;
  return {
    language: post.language ?? site.language,
    site,
    url: site.url + post.url,
    title,
    deck: description,
    facts: [
      toWords(published),
      `${article.readingMinutes} min read`,
      ...(series ? [`Part ${series.part} of ${series.name}`] : []),
    ],
    notes: testedWith.length > 0 ? [`Tested with ${testedWith.join(", ")}.`] : [],
    preview: description,
  };
}

interface Parts {
  /** What stands at the top of the article but for its notes. */
  readonly blocks: readonly Node[];
  /** Those before `end`, and the notes that they refer to. */
  before(end: number): readonly Part[];
}

/** Each block is written once in both forms, however often the mail's end is looked for. */
function partsOf(nodes: readonly Node[], context: MailContext): Parts {
  const isNotes = (node: Node) => isElement(node) && node.classList.contains("footnotes");
  const blocks = nodes.filter((node) => !isNotes(node));
  const notes = nodes.flatMap((node) => (isElement(node) && isNotes(node) ? footnotesIn(node) : []));
  const known = new Map<Node, Part>();
  const partOf = (node: Node) => {
    const part = known.get(node) ?? { html: mailMarkup(node, context), text: mailText(node, context) };
    known.set(node, part);
    return part;
  };
  return {
    blocks,
    before(end) {
      const shown = blocks.slice(0, end);
      const numbers = new Set(shown.flatMap(footnotesOf));
      const wanted = notes.filter(({ number }) => numbers.has(number));
      const parts = shown.map(partOf);
      if (wanted.length === 0) return parts;
      return [...parts, { html: footnotesMarkup(wanted, context), text: footnotesText(wanted, context) }];
    },
  };
}

interface Part {
  readonly html: string;
  readonly text: string;
}

interface Written extends Part {
  readonly bytes: number;
}

/** Where the mail ends before the article: a link to what comes next. */
interface Rest {
  readonly words: string;
  /** Fragment of the article's page; empty for the page itself. */
  readonly place: string;
}

function written(frame: MailFrame, parts: Parts, end: number, rest: Rest | undefined): Written {
  const address = frame.url + (rest?.place ?? "");
  const link = rest ? [{ html: restMarkup(rest.words, address), text: `${rest.words}: <${address}>` }] : [];
  const all = [...parts.before(end), ...link];
  const html = mailDocument(frame, all.map((part) => part.html).join("\n"));
  const text = mailPlainText(
    frame,
    all
      .map((part) => part.text)
      .filter(Boolean)
      .join("\n\n"),
  );
  return { html, text, bytes: encodedBytes(html) + encodedBytes(text) };
}

type Assemble = (end: number, rest?: Rest) => Written;

/** The whole article, or as much of it as fits: up to a heading, or where no heading comes in time up to a block. */
function fitted({ blocks }: Parts, assemble: Assemble): Written & Pick<MadeMail, "cut"> {
  const whole = assemble(blocks.length);
  if (whole.bytes <= maxMailBytes) return { ...whole, cut: undefined };
  const ends = [...blocks.keys()];
  const sections = ends.filter((end) => end > 0 && sectionId(blocks[end]) !== undefined);
  const endsAt = (end: number) => {
    const id = sectionId(blocks[end]);
    const rest = { words: "The rest on the site", place: id ? `#${id}` : "" };
    return { ...assemble(end, rest), cut: { id, wholeBytes: whole.bytes } };
  };
  return lastFitting(sections, endsAt) ?? lastFitting(ends, endsAt) ?? endsAt(0);
}

/** Later ends are larger mails, so that a few tries find the last that fits, however many there are. */
function lastFitting<T extends Written>(ends: readonly number[], endsAt: (end: number) => T): T | undefined {
  let found: T | undefined;
  let [low, high] = [0, ends.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const tried = endsAt(ends[middle] ?? 0);
    if (tried.bytes <= maxMailBytes) {
      found = tried;
      low = middle + 1;
    } else high = middle - 1;
  }
  return found;
}

/** Of a heading that the contents list has. */
function sectionId(node: Node | undefined): string | undefined {
  return isElement(node) && /^h[23]$/.test(tagOf(node)) && node.id ? node.id : undefined;
}

/** Up to `<!-- more -->`, or to the first heading, or behind the first paragraph. */
function excerptEnd(blocks: readonly Node[]): number {
  const more = blocks.findIndex((node) => /^\s*more\s*$/.test(node.rawText) && tagOf(node) === "");
  const heading = blocks.findIndex((node) => headingLevel(node) !== undefined);
  const paragraph = blocks.findIndex((node) => tagOf(node) === "p");
  return more >= 0 ? more : heading > 0 ? heading : paragraph + 1;
}
