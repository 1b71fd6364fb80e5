/** Liquid, as Jekyll and Eleventy have it, Nunjucks, which looks alike, and kramdown's marks. */
import { alertKind, alertNames } from "../markdown/alert.ts";
import { type Arguments, given, parseArguments } from "./arguments.ts";
import { type Carried, type Handler, type Language, type Tag, type Templates, templatesOf } from "./carry-over.ts";
import { embed, embedNames } from "./embeds.ts";
import { handlersFor } from "./handlers.ts";
import { kramdown } from "./kramdown.ts";
import { fenced, figure, marked } from "./pieces.ts";

const anyTag =
  /\{%-?\s*([\w/.-]+)([\s\S]*?)-?%\}|\{\{-?([\s\S]*?)-?\}\}|\{#([\s\S]*?)#\}|\{:(?!:)\s*([^{}\n]*)\}|\{::([^{}\n]*?)\/?\}/g;

/** What a name stands for on a page, `site.title`; absent where only the engine knew. */
export type LookUp = (name: string) => string | undefined;

/** `lookUp` is asked for plain names, without filters. */
export function liquid(lookUp: LookUp): Templates {
  const named = (text: string) => (/^\w+(?:\.\w+)*$/.test(text) ? lookUp(text) : undefined);
  const tags = (text: string) => withoutRaw([...text.matchAll(anyTag)].map((match) => tagOf(match, named)));
  const carryOver = templatesOf({ ...language, tags });
  return (draft, page) => carryOver(kramdown(draft, page), page);
}

/** Between these, nothing is a tag. */
const raw = ["raw", "verbatim", "comment"];

function withoutRaw(tags: readonly Tag[]): readonly Tag[] {
  let inside: string | undefined;
  return tags.filter(({ name, form }) => {
    if (inside !== undefined && (form !== "close" || name !== inside)) return false;
    inside = form === "open" && raw.includes(name) ? name : undefined;
    return true;
  });
}

const language: Omit<Language, "tags"> = {
  noun: "tag",
  handlers: {
    highlight({ given: { positional, named }, inner }) {
      const [language = "text", ...rest] = positional.flatMap((word) => word.split(/[\s/]+/));
      const lines =
        named.get("mark_lines") ?? named.get("hl_lines") ?? rest.filter((word) => /^[\d,-]+$/.test(word)).join(",");
      const numbers = rest.includes("linenos") ? " linenos" : "";
      return inner === undefined ? undefined : { text: fenced(inner, language + marked(lines) + numbers) };
    },
    raw: ({ inner }) => (inner === undefined ? undefined : { text: inner }),
    verbatim: ({ inner }) => (inner === undefined ? undefined : { text: inner }),
    comment: ({ inner }) =>
      inner === undefined ? undefined : { text: `<!-- ${inner.trim().replaceAll("--", "- -")} -->` },
    post_url: ({ given: { positional } }, page) => referTo(positional[0] ?? "", page.refer),
    link: ({ given: { positional } }, page) => referTo(positional[0] ?? "", page.refer),
    include: includeOf,
    include_relative: includeOf,
    image: figureOf,
    img: figureOf,
    figure: figureOf,
    picture: figureOf,
    ...handlersFor(["css", "js", "style", "script", "javascript", "stylesheet"], () => ({ program: true })),
    "=output": outputOf,
    "=value": ({ given: { positional } }) => ({ text: positional[0] ?? "" }),
    "=comment": ({ given: { positional } }) => ({
      text: `<!-- ${(positional[0] ?? "").trim().replaceAll("--", "- -")} -->`,
    }),
    ...handlersFor(["=attributes", "=place"], attributesOf),
    ...handlersFor(embedNames, ({ name, given: options }) =>
      embed(
        name,
        given(options, ["id", "src", "url"]) ||
          options.positional.join(name === "gist" ? "/" : " ").split(" ")[0] ||
          "",
      ),
    ),
    ...handlersFor(alertNames, ({ name, given: options, inner }) =>
      inner === undefined ? undefined : noteOf(name, options),
    ),
  },
  inCode: ["raw", "verbatim", "post_url", "link", "=value"],
  ignoredInCode: ["=attributes", "=place", "=comment"],
};

function tagOf(match: RegExpMatchArray, lookUp: LookUp): Tag {
  const [whole, name, options = "", output, comment, attributes, extension] = match;
  const place = { start: match.index ?? 0, end: (match.index ?? 0) + whole.length };
  const whole_ = (kind: string, inner: string): Tag => ({
    ...place,
    name: kind,
    form: "whole",
    given: { named: new Map(), positional: [inner] },
  });
  const value = output === undefined ? undefined : lookUp(output.trim());
  if (value !== undefined) return whole_("=value", value);
  if (output !== undefined) return whole_("=output", output.trim());
  if (comment !== undefined) return whole_("=comment", comment);
  if (attributes !== undefined && isAlone(match)) return whole_("=place", attributes);
  if (attributes !== undefined || extension !== undefined) return whole_("=attributes", attributes ?? extension ?? "");
  const closes = /^end./.test(name ?? "");
  return {
    ...place,
    name: (closes ? name?.slice(3) : name) ?? "",
    form: closes ? "close" : "open",
    given: parseArguments(options),
  };
}

/** On a line of its own, where it means the block above. */
function isAlone({ input = "", index = 0, 0: whole }: RegExpMatchArray): boolean {
  return /(?:^|\n)[ \t]*$/.test(input.slice(0, index)) && /^[ \t]*(?:\n|$)/.test(input.slice(index + whole.length));
}

/** `{% callout "warning", "Mind the gap" %}` */
function noteOf(name: string, options: Arguments): Carried {
  const kind = alertKind(given(options, ["type", "level"], 0));
  const title = given(options, ["title"], kind && options.positional.length > 0 ? 1 : 0);
  return { alert: kind ?? alertKind(name) ?? "NOTE", title: title || undefined };
}

function referTo(name: string, refer: (name: string) => string | undefined): Carried {
  const target = refer(name.replace(/^\/?_posts\//, ""));
  return target ? { text: target } : { text: name, told: "no imported post has this name; the name stayed" };
}

/** `{% include figure.html src="…" %}`, by what its name says. */
function includeOf(...[use]: Parameters<Handler>): Carried | undefined {
  const [file = "", ...rest] = use.given.positional;
  const name = file
    .replace(/^.*\//, "")
    .replace(/\.\w+$/, "")
    .toLowerCase();
  const options: Arguments = { named: use.given.named, positional: rest };
  const kind = embedNames.find((one) => name.includes(one) && one.length > 1);
  if (kind) return embed(kind, given(options, ["id", "video_id", "src", "url"], 0));
  if (/figure|image|img|picture/.test(name)) return figureOf({ ...use, given: options });
  const alert = alertKind(given(options, ["type"]) || name);
  const text = given(options, ["content", "text"]);
  if (alert && text) return { text: `> [!${alert}]\n> ${text.replace(/\s+/g, " ")}` };
  return /^toc$/.test(name) ? { text: "", told: "left out; the contents list is made by itself" } : undefined;
}

function figureOf({ given: options }: Parameters<Handler>[0]): Carried | undefined {
  const src = given(options, ["src", "url", "image_path", "image", "path", "file"], 0);
  const alt = given(options, ["alt", "title"], 1);
  const [caption, link] = [given(options, ["caption"]), given(options, ["link"])];
  return src ? figure({ src: withoutOutput(src), alt, caption, link }) : undefined;
}

function withoutOutput(src: string): string {
  return src.replace(/\{\{[^}]*\}\}/g, "");
}

/** What stands for the site's own address is nothing; a text run through filters for addresses is the text. */
function outputOf(
  ...[
    {
      given: { positional },
    },
    page,
  ]: Parameters<Handler>
): Carried | undefined {
  const [expression = ""] = positional;
  if (/^site\.(?:baseurl|url|github\.url)(?:\s*\|\s*\w+)*$/.test(expression)) return { text: "" };
  if (/^page\.title(?:\s*\|\s*\w+)*$/.test(expression)) return { text: page.title };
  const [, text] =
    /^["']([^"']*)["']\s*(?:\|\s*(?:relative_url|absolute_url|url|prepend:\s*site\.\w+|absoluteUrl.*)\s*)*$/.exec(
      expression,
    ) ?? [];
  return text === undefined ? undefined : { text };
}

/** `{: .class}` and `{:toc}`. An id is the name of a place: a heading keeps it, and so does the end of a paragraph. */
function attributesOf(
  ...[
    {
      name,
      given: { positional },
    },
  ]: Parameters<Handler>
): Carried {
  const [written = ""] = positional;
  const id = /(?:^|\s)#([\w:.-]+)/.exec(written)?.[1];
  const told = "left out: classes and options of elements are not carried over";
  const lost = id === undefined ? written.trim() : written.replace(`#${id}`, "").trim();
  const text = id === undefined ? "" : name === "=place" ? `<span id="${id}"></span>` : `{#${id}}`;
  return { text, told: lost ? told : undefined };
}
