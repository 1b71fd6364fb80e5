/** Medium's export: a file of HTML for each story. @see https://help.medium.com/hc/en-us/articles/115004745787 */
import path from "node:path";
import { type HTMLElement, parse } from "node-html-parser";
import type { ContentProblem } from "../../content/problem.ts";
import type { Source } from "../../content/source.ts";
import { readDate } from "../dates.ts";
import { type Draft, draftOf, type Edit, edit } from "../draft.ts";
import { plainText } from "../html/plain-text.ts";
import type { Settings, SourcePicture, SourcePost } from "../source-post.ts";
import type { ExportKind } from "./export.ts";
import { firstAddress } from "./first-address.ts";

export const medium: ExportKind = {
  name: "Medium",
  files: /\.(?:html?|zip)$/i,
  is: (text) => /\bclass="h-entry"/.test(text) && /\bdata-field="body"/.test(text),
  async read(texts, { settings }) {
    const problems: ContentProblem[] = [];
    const posts = texts.flatMap((source) => readStory(source, settings, problems));
    const [first] = posts;
    const words = {
      code: "front-matter",
      problem: "Medium does not export the tags of stories",
      hint: "add them by hand",
    };
    if (first) problems.push(first.source.problemAt(first.start ?? 0, { ...words, severity: "warning" }));
    const ids = new Set(posts.map(({ id }) => id));
    const idAt = (address: string) => {
      const id = `medium ${idIn(address)}`;
      return ids.has(id) ? id : undefined;
    };
    return { posts, problems, idAt };
  },
};

/** Medium's addresses end in a number, which stays when the title changes; whatever stands before it means nothing. */
function idIn(address: string): string | undefined {
  return /^(?:https?:\/\/[^/?#]+\/|[^/]*$)/i.test(address)
    ? /(?:[-/_]|^)([0-9a-f]{8,12})\/?(?:\.html?)?(?:[?#].*)?$/i.exec(address)?.[1]?.toLowerCase()
    : undefined;
}

function readStory(source: Source, settings: Settings, problems: ContentProblem[]): SourcePost[] {
  const refuse = (problem: string, severity: "error" | "warning", hint?: string): SourcePost[] => {
    problems.push(source.problemAt(0, { code: severity === "error" ? "unreadable" : "page", problem, severity, hint }));
    return [];
  };
  const document = documentOf(source.text);
  const body = document?.querySelector("[data-field=body]");
  if (!document || !body) return refuse("the file is no story as Medium exports them", "error");
  const words = (selector: string) => plainText(document.querySelector(selector)?.innerHTML ?? "");
  const name = path.posix.basename(source.file);
  const title = words(".p-name") || plainText(body.querySelector("h3, h4, p")?.innerHTML ?? "") || "Untitled";
  const text = plainText(body.innerHTML);
  if (!text && !body.querySelector("img, iframe")) return refuse(`"${title}" has no text`, "warning", "not imported");
  if (isResponse(body, title, text))
    return refuse(`"${title}" is a response to a story of somebody`, "warning", "not imported");
  const link = document.querySelector(".p-canonical")?.getAttribute("href");
  const { canonical, path: old } = firstAddress(link, settings, "medium.com");
  const isOwnDomain = canonical !== undefined && idIn(canonical) === idIn(name);
  const date = readDate(document.querySelector("time.dt-published")?.getAttribute("datetime"), "UTC");
  const isDraft = /^draft_/i.test(name);
  const exported = readDate(/Exported from\s+Medium\s+on\s+(.+?)\.?\s*$/.exec(words("footer"))?.[1]);
  return [
    {
      id: `medium ${idIn(name) ?? idIn(link ?? "") ?? name}`,
      source,
      body: bodyOf(source, body, title),
      format: "html",
      title,
      description: descriptionOf(body, words("[data-field=subtitle]")),
      published: date ?? dayIn(name) ?? exported ?? "1970-01-01",
      tags: [],
      draft: isDraft,
      canonical: isOwnDomain ? undefined : canonical,
      image: imageOf(body),
      slug: slugIn(name, title),
      address: isOwnDomain ? new URL(canonical).pathname : old,
      aliases: [],
      problems: isDraft || date ? [] : [source.problemAt(0, noDate(dayIn(name) ?? exported))],
    },
  ];
}

/** Undefined where elements stand too deep in each other. */
function documentOf(text: string): HTMLElement | undefined {
  try {
    return parse(text, { comment: true, blockTextElements: { script: true, style: true } });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Comments on other people's stories have no title, and are called by how they begin. */
function isResponse(body: HTMLElement, title: string, text: string): boolean {
  const isTitled = body.querySelector(".graf--title, h2, h3, h4") !== null;
  const begin = title.replace(/[….]+$/, "").trim();
  return !isTitled && text.length < 5000 && text.startsWith(begin);
}

/** The title and the subtitle stand in the text as well, as everybody saw them. */
function bodyOf({ text }: Source, body: HTMLElement, title: string): Draft {
  const [start, end] = innerRange(text, body);
  const edits: Edit[] = [];
  const heading = body.querySelector(".graf--title") ?? body.querySelector("h3, h4");
  if (heading && same(plainText(heading.innerHTML), title)) edits.push(without(heading, start));
  const subtitle = body.querySelector(".graf--subtitle");
  if (subtitle) edits.push(without(subtitle, start));
  return edit(draftOf(text.slice(start, end), start), edits);
}

function innerRange(text: string, element: HTMLElement): readonly [number, number] {
  const [from, to] = element.range;
  const start = text.indexOf(">", from) + 1;
  return [start, Math.max(start, text.lastIndexOf("</", to))];
}

function without({ range: [from, to] }: HTMLElement, start: number): Edit {
  return { start: from - start, end: to - start, text: "" };
}

function same(a: string, b: string): boolean {
  const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  return letters(a) === letters(b);
}

/** Where the author gave none, Medium cuts the text. */
function descriptionOf(body: HTMLElement, written: string): string | undefined {
  const own = plainText(body.querySelector(".graf--subtitle")?.innerHTML ?? "");
  return own || (written && !written.endsWith("…") ? written : undefined);
}

/** The one that Medium showed in lists; it stands in the text too. */
function imageOf(body: HTMLElement): SourcePicture | undefined {
  const picture = body.querySelector("img[data-is-featured=true]");
  const src = picture?.getAttribute("src");
  const caption = plainText(picture?.closest("figure")?.querySelector("figcaption")?.innerHTML ?? "");
  const alt = picture?.getAttribute("alt") || caption || undefined;
  return picture && src ? { src, alt, offset: picture.range[0] } : undefined;
}

function slugIn(name: string, title: string): string {
  const slug = /^(?:\d{4}-\d{2}-\d{2}_|draft_)(.+?)-+[0-9a-f]{8,12}\.html?$/i.exec(name)?.[1];
  return slug ?? title;
}

function dayIn(name: string): string | undefined {
  return readDate(/^(\d{4}-\d{2}-\d{2})_/.exec(name)?.[1]);
}

function noDate(day: string | undefined) {
  const hint = `it became ${day ?? "1970-01-01"}`;
  return { code: "front-matter", severity: "warning" as const, problem: "there is no date", hint };
}
