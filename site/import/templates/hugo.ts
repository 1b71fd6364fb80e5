/** Hugo's shortcodes. @see https://gohugo.io/content-management/shortcodes/ */
import { alertKind, alertNames } from "../markdown/alert.ts";
import { given, parseArguments } from "./arguments.ts";
import { type Carried, type Handler, type Tag, templatesOf } from "./carry-over.ts";
import { embed, embedNames } from "./embeds.ts";
import { handlersFor } from "./handlers.ts";
import { fenced, figure } from "./pieces.ts";

const shortcode =
  /\{\{([<%])(\/\*)?\s*(\/?)\s*([\w./-]+)((?:"(?:[^"\\]|\\.)*"|`[^`]*`|(?!\*?\/?\s*[>%]\}\})[^"`]|")*?)\s*(\*\/)?(\/?)\s*[>%]\}\}/g;
const stylings = ["class", "width", "height", "target", "rel", "title", "attr", "attrlink", "loading"];

export const hugo = templatesOf({
  noun: "shortcode",
  tags: (text) => [...text.matchAll(shortcode)].map(tagOf),
  handlers: {
    figure: figureOf,
    img: figureOf,
    image: figureOf,
    highlight({ given: { positional }, inner }) {
      const [language = "", options = ""] = positional;
      return inner === undefined ? undefined : { text: fenced(shown(inner), language + (options && ` {${options}}`)) };
    },
    ...handlersFor(["code", "codeblock", "code-block", "code-toggle"], codeOf),
    ref: referTo,
    relref: referTo,
    details: ({ given: options }) => ({
      before: `::: details ${given(options, ["summary", "title"], 0)}`.trimEnd(),
      after: ":::",
    }),
    rawhtml: () => ({ before: "", after: "" }),
    html: () => ({ before: "", after: "" }),
    toc: () => ({ text: "", told: "left out; the contents list is made by itself" }),
    "=escaped": ({ given: { positional } }) => ({ text: positional[0] ?? "" }),
    ...handlersFor(embedNames, ({ name, given: options }) =>
      embed(
        name,
        given(options, ["id", "src", "url"], options.positional.length > 1 ? undefined : 0) || twoParts(name, options),
      ),
    ),
    ...handlersFor(alertNames, ({ name, given: options }) => {
      const type = given(options, ["type", "level"], 0);
      const title = given(options, ["title", "heading"], alertKind(type) ? 1 : 0);
      return { alert: alertKind(type) ?? alertKind(name) ?? "NOTE", title: title || undefined };
    }),
  },
  inCode: ["=escaped", "ref", "relref"],
});

/** `{{</* x *​/>}}` is how an author shows a shortcode. */
function tagOf(match: RegExpMatchArray): Tag {
  const [whole, sign = "<", escapeStart, closes, name = "", options = "", escapeEnd, closesItself] = match;
  const place = { start: match.index ?? 0, end: (match.index ?? 0) + whole.length };
  if (escapeStart && escapeEnd) {
    const shown = whole.replace("/*", "").replace(/\*\/(?=\/?\s*[>%]\}\}$)/, "");
    return { ...place, name: "=escaped", form: "whole", given: { named: new Map(), positional: [shown] } };
  }
  const form = closes ? "close" : closesItself || sign === "" ? "whole" : "open";
  return {
    ...place,
    name: name
      .replace(/^.*\//, "")
      .replace(/\.html$/, "")
      .toLowerCase(),
    form,
    given: parseArguments(options),
  };
}

function figureOf({ given: options }: Parameters<Handler>[0]): Carried | undefined {
  const src = given(options, ["src", "url", "path"], 0);
  if (!src) return undefined;
  const title = given(options, ["title"]);
  const caption = [title, given(options, ["caption"]), given(options, ["attr"])].filter(Boolean).join(" ");
  const lost = stylings.filter((name) => name !== "title" && name !== "attr" && options.named.has(name));
  const told = lost.length > 0 ? `carried over without ${lost.join(", ")}` : undefined;
  return { ...figure({ src, alt: given(options, ["alt"], 1), caption, link: given(options, ["link"]) }), told };
}

/** `{{< code file="a.html" >}}`, which says the language or the file that it is in; the toggle shows configuration. */
function codeOf(...[{ name, given: options, inner }]: Parameters<Handler>): Carried | undefined {
  const title = given(options, ["title", "file", "filename"]);
  const toggled = /^\s*[\w-]+:/.test(inner ?? "") ? "yaml" : "toml";
  const extension = /\.(\w+)$/.exec(title)?.[1] ?? (name === "code-toggle" ? toggled : "text");
  const language = given(options, ["lang", "language", "codelang", "syntax"], 0) || extension;
  return inner === undefined ? undefined : { text: fenced(shown(inner), language + (title && ` title="${title}"`)) };
}

/** Code in which shortcodes are written so that Hugo shows them. */
function shown(code: string): string {
  return code.replace(/(\{\{[<%])\/\*/g, "$1").replace(/\*\/([>%]\}\})/g, "$1");
}

function referTo(...[{ given: options }, page]: Parameters<Handler>): Carried {
  const target = given(options, ["path"], 0);
  return { text: page.refer(target) ?? target };
}

/** `{{< gist user id >}}`, `{{< tweet user="…" id="…" >}}` */
function twoParts(name: string, { named, positional }: Tag["given"]): string {
  if (name === "gist") return positional.slice(0, 2).join("/");
  return named.get("id") ?? positional.at(-1) ?? "";
}
