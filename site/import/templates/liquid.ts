/** Liquid, as Jekyll and Eleventy have it, Nunjucks, which looks alike, and kramdown's marks. */
import { alertKind, alertNames } from "../markdown/alert.ts";
import { type Arguments, given, parseArguments } from "./arguments.ts";
import { type Carried, type Handler, type Tag, templatesOf } from "./carry-over.ts";
import { embed, embedNames } from "./embeds.ts";
import { handlersFor } from "./handlers.ts";
import { fenced, figure, marked } from "./pieces.ts";

const anyTag =
  /\{%-?\s*([\w/.-]+)([\s\S]*?)-?%\}|\{\{-?([\s\S]*?)-?\}\}|\{#([\s\S]*?)#\}|\{:(?!:)\s*([^{}\n]*)\}|\{::([^{}\n]*?)\/?\}/g;

export const liquid = templatesOf({
  noun: "tag",
  tags: (text) => [...text.matchAll(anyTag)].map(tagOf),
  handlers: {
    highlight({ given: { positional, named }, inner }) {
      const [language = "text"] = positional;
      const lines =
        named.get("mark_lines") ??
        named.get("hl_lines") ??
        positional
          .slice(1)
          .filter((word) => /^[\d,-]+$/.test(word))
          .join(",");
      return inner === undefined ? undefined : { text: fenced(inner, language + marked(lines)) };
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
    "=output": outputOf,
    "=comment": ({ given: { positional } }) => ({
      text: `<!-- ${(positional[0] ?? "").trim().replaceAll("--", "- -")} -->`,
    }),
    "=attributes": ({ given: { positional } }) => attributesOf(positional[0] ?? ""),
    ...handlersFor(embedNames, ({ name, given: options }) =>
      embed(
        name,
        given(options, ["id", "src", "url"]) ||
          options.positional.join(name === "gist" ? "/" : " ").split(" ")[0] ||
          "",
      ),
    ),
    ...handlersFor(alertNames, ({ name, given: options, inner }) =>
      inner === undefined
        ? undefined
        : { alert: alertKind(name) ?? "NOTE", title: given(options, ["title"], 0) || undefined },
    ),
  },
  inCode: ["raw", "verbatim", "post_url", "link"],
  ignoredInCode: ["=attributes", "=comment"],
});

function tagOf(match: RegExpMatchArray): Tag {
  const [whole, name, options = "", output, comment, attributes, extension] = match;
  const place = { start: match.index ?? 0, end: (match.index ?? 0) + whole.length };
  const whole_ = (kind: string, inner: string): Tag => ({
    ...place,
    name: kind,
    form: "whole",
    given: { named: new Map(), positional: [inner] },
  });
  if (output !== undefined) return whole_("=output", output.trim());
  if (comment !== undefined) return whole_("=comment", comment);
  if (attributes !== undefined || extension !== undefined) return whole_("=attributes", attributes ?? extension ?? "");
  const closes = /^end./.test(name ?? "");
  return {
    ...place,
    name: (closes ? name?.slice(3) : name) ?? "",
    form: closes ? "close" : "open",
    given: parseArguments(options),
  };
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
  return src
    ? {
        text: figure({
          src: withoutOutput(src),
          alt,
          caption: given(options, ["caption"]),
          link: given(options, ["link"]),
        }),
      }
    : undefined;
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

/** `{: .class}` and `{:toc}`. An id belongs to a heading, which keeps it. */
function attributesOf(written: string): Carried {
  if (/^\s*#[\w:.-]+\s*$/.test(written)) return { text: `{#${written.trim().slice(1)}}` };
  return { text: "", told: "left out: classes and options of elements are not carried over" };
}
