/** Zola's shortcodes. @see https://www.getzola.org/documentation/content/shortcodes/ */
import { alertKind, alertNames } from "../markdown/alert.ts";
import { given, parseArguments } from "./arguments.ts";
import { type Tag, templatesOf } from "./carry-over.ts";
import { embed, embedNames } from "./embeds.ts";
import { handlersFor } from "./handlers.ts";
import { figure } from "./pieces.ts";

const shortcode =
  /\{\{(\/\*)?\s*([\w:]+)\s*\(((?:"[^"]*"|'[^']*'|`[^`]*`|[^"'`)])*)\)\s*(?:\*\/)?\}\}|\{%(\/\*)?-?\s*(?:(end)|([\w:]+)\s*\(((?:"[^"]*"|'[^']*'|`[^`]*`|[^"'`)])*)\))\s*-?(?:\*\/)?%\}/g;

export const zola = templatesOf({
  noun: "shortcode",
  tags: (text) => [...text.matchAll(shortcode)].map(tagOf),
  handlers: {
    ...handlersFor(["figure", "image", "img", "resize_image", "picture"], ({ given: options }) => {
      const src = given(options, ["src", "path", "url", "image"]);
      const told = options.named.has("width") ? "carried over in its own size" : undefined;
      return src
        ? { ...figure({ src, alt: given(options, ["alt"]), caption: given(options, ["caption", "title"]) }), told }
        : undefined;
    }),
    quote: ({ given: options, inner }) => {
      if (inner === undefined) return undefined;
      const author = given(options, ["author", "by"]);
      const lines = [...inner.trim().split("\n"), ...(author ? ["", `— ${author}`] : [])];
      return { text: lines.map((line) => `> ${line}`.trimEnd()).join("\n") };
    },
    "=escaped": ({ given: { positional } }) => ({ text: positional[0] ?? "" }),
    ...handlersFor(embedNames, ({ name, given: options }) => embed(name, given(options, ["id", "src", "url"]))),
    ...handlersFor(alertNames, ({ name, given: options, inner }) => {
      const alert = alertKind(given(options, ["type", "kind"])) ?? alertKind(name) ?? "NOTE";
      return inner === undefined ? undefined : { alert, title: given(options, ["title"]) || undefined };
    }),
  },
  inCode: ["=escaped"],
});

/** `{{/* x() *​/}}` is how an author shows a shortcode. */
function tagOf(match: RegExpMatchArray): Tag {
  const [whole, inlineEscape, inline, inlineOptions, blockEscape, end, block, blockOptions] = match;
  const place = { start: match.index ?? 0, end: (match.index ?? 0) + whole.length };
  if (inlineEscape || blockEscape) {
    const shown = whole.replace("/*", "").replace("*/", "");
    return { ...place, name: "=escaped", form: "whole", given: { named: new Map(), positional: [shown] } };
  }
  const name = (inline ?? block ?? "").split("::").at(-1)?.toLowerCase() ?? "";
  return {
    ...place,
    name,
    form: end ? "close" : inline ? "whole" : "open",
    given: parseArguments(inlineOptions ?? blockOptions ?? ""),
  };
}
