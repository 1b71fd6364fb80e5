/** Medium's export: a file of HTML for each story. @see https://help.medium.com/hc/en-us/articles/115004745787 */
import path from "node:path";
import type { ContentProblem } from "../../content/problem.ts";
import type { Source } from "../../content/source.ts";
import { readDate } from "../dates.ts";
import { draftOf } from "../draft.ts";
import { parsePage, placeOf, wordsIn } from "../html/page.ts";
import { closest, elementsOf } from "../html/select.ts";
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
  const story = storyIn(source);
  const refuse = (problem: string, severity: "error" | "warning", hint?: string): SourcePost[] => {
    problems.push(source.problemAt(0, { code: severity === "error" ? "unreadable" : "page", problem, severity, hint }));
    return [];
  };
  if (!story) return refuse("the file is no story as Medium exports them", "error");
  const { body, title, words, name } = story;
  if (!wordsIn(body) && elementsOf(body, "img, iframe").length === 0)
    return refuse(`"${title}" has no text`, "warning", "not imported");
  if (isResponse(body, title))
    return refuse(`"${title}" is a response to a story of somebody`, "warning", "not imported");
  const link = story.attribute(".p-canonical", "href");
  const { canonical, path: old } = firstAddress(link, settings, "medium.com");
  const isOwnDomain = canonical !== undefined && idIn(canonical) === idIn(name);
  const date = readDate(story.attribute("time.dt-published", "datetime"), "UTC");
  const isDraft = /^draft_/i.test(name);
  const exported = readDate(/Exported from\s+Medium\s+on\s+(.+?)\.?\s*$/.exec(words("footer"))?.[1]);
  const fallback = dayIn(name) ?? exported ?? "1970-01-01";
  const [subtitle] = elementsOf(body, ".graf--subtitle");
  const said = [titleIn(body, title), subtitle].flatMap((element) => (element ? [placeOf(element)] : []));
  return [
    {
      id: `medium ${idIn(name) ?? idIn(link ?? "") ?? name}`,
      source,
      body: draftOf(source.text),
      format: "html",
      // The title and the subtitle stand in the text as well, as everybody saw them.
      html: { only: placeOf(body), without: said },
      title,
      description: descriptionOf(subtitle, words("[data-field=subtitle]")),
      published: date ?? fallback,
      tags: [],
      draft: isDraft,
      canonical: isOwnDomain ? undefined : canonical,
      image: imageOf(body),
      slug: slugIn(name, title),
      address: isOwnDomain ? new URL(canonical).pathname : old,
      aliases: [],
      problems: isDraft || date ? [] : [source.problemAt(0, noDate(fallback))],
    },
  ];
}

interface Story {
  readonly body: Element;
  readonly title: string;
  /** Of the file, which Medium ends with the story's number. */
  readonly name: string;
  words(selector: string): string;
  attribute(selector: string, name: string): string | undefined;
}

function storyIn({ text, file }: Source): Story | undefined {
  const page = parsePage(draftOf(text), () => undefined, { texts: false });
  const [body] = elementsOf(page.root, "[data-field=body]");
  const first = (selector: string) => elementsOf(page.root, selector)[0];
  const words = (selector: string) => {
    const element = first(selector);
    return element ? wordsIn(element) : "";
  };
  if (!body) return undefined;
  return {
    body,
    title: words(".p-name") || elementsOf(body, "h3, h4, p").map(wordsIn).find(Boolean) || "Untitled",
    name: path.posix.basename(file),
    words,
    attribute: (selector, name) => first(selector)?.getAttribute(name) ?? undefined,
  };
}

/** Comments on other people's stories have no title, and are called by how they begin. */
function isResponse(body: Element, title: string): boolean {
  const isTitled = elementsOf(body, ".graf--title, h2, h3, h4").length > 0;
  const begin = title.replace(/[….]+$/, "").trim();
  return !isTitled && wordsIn(body).length < 5000 && wordsIn(body).startsWith(begin);
}

function titleIn(body: Element, title: string): Element | undefined {
  const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  const [heading] = [...elementsOf(body, ".graf--title"), ...elementsOf(body, "h3, h4")];
  return heading && letters(wordsIn(heading)) === letters(title) ? heading : undefined;
}

/** Where the author gave none, Medium cuts the text. */
function descriptionOf(subtitle: Element | undefined, written: string): string | undefined {
  return (subtitle && wordsIn(subtitle)) || (written && !written.endsWith("…") ? written : undefined);
}

/** The one that Medium showed in lists; it stands in the text too. */
function imageOf(body: Element): SourcePicture | undefined {
  const [picture] = elementsOf(body, "img[data-is-featured=true]");
  const src = picture?.getAttribute("src");
  if (!picture || !src) return undefined;
  const figure = closest(picture, "figure");
  const [caption] = figure ? elementsOf(figure, "figcaption") : [];
  const alt = picture.getAttribute("alt") || (caption && wordsIn(caption)) || undefined;
  return { src, alt, offset: placeOf(picture) };
}

function slugIn(name: string, title: string): string {
  const slug = /^(?:\d{4}-\d{2}-\d{2}_|draft_)(.+?)-+[0-9a-f]{8,12}\.html?$/i.exec(name)?.[1];
  return slug ?? title;
}

function dayIn(name: string): string | undefined {
  return readDate(/^(\d{4}-\d{2}-\d{2})_/.exec(name)?.[1]);
}

function noDate(day: string) {
  return { code: "front-matter", severity: "warning" as const, problem: "there is no date", hint: `it became ${day}` };
}
