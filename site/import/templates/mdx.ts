/** MDX: Markdown with programs in it. What only imports and exports goes; elements that stand for plain things become them. */
import { type Draft, type Edit, edit } from "../draft.ts";
import { exported } from "../exported-front-matter.ts";
import { commentOf } from "../leave-out.ts";
import { alertKind, alertNames } from "../markdown/alert.ts";
import { codeOf, isWithin, parseMarkdown } from "../markdown/tokens.ts";
import { type Arguments, given, parseArguments } from "./arguments.ts";
import { type Tag, type TemplatePage, templatesOf } from "./carry-over.ts";
import { embed, embedNames } from "./embeds.ts";
import { handlersFor } from "./handlers.ts";
import { markdownInHtml, outdented } from "./mdx-flow.ts";
import { figure } from "./pieces.ts";

const element = /<(\/?)([A-Z][\w.]*)?((?:\s(?:"[^"]*"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\}|[^"'<>{}])*?)?)(\/?)>/g;
const expression = /\{\/\*([\s\S]*?)\*\/\}|\{(?:[^{}]|\{[^{}]*\})*\}/g;
const esm =
  /^(?:import\s[^\n]*|export\s(?:const|let|var|default|function|async|\{|\*)[^\n]*)(?:\n(?![ \t]*(?:\n|$))[^\n]*)*/gm;

const elements = templatesOf({
  noun: "element",
  tags: (text) => [...text.matchAll(element)].filter(([, , name, options]) => name || !options).map(tagOf),
  handlers: {
    "": ({ inner }) => (inner === undefined ? undefined : { before: "", after: "" }),
    ...handlersFor(["image", "img", "figure", "picture", "staticimage", "gatsbyimage"], ({ given: options }) => {
      const src = given(options, ["src", "image"]);
      const caption = given(options, ["caption", "title"]);
      return src ? figure({ src, alt: given(options, ["alt"]), caption }) : undefined;
    }),
    ...handlersFor(["link", "a", "gatsbylink"], ({ given: options, inner }) => {
      const href = given(options, ["href", "to"]);
      const words = inner?.trim().replace(/^<a\b[^>]*>([\s\S]*)<\/a>$/, "$1");
      return href && words !== undefined ? { text: `[${words}](${href})` } : undefined;
    }),
    details: ({ given: options, inner }) =>
      inner === undefined
        ? undefined
        : { before: `::: details ${given(options, ["summary", "title"])}`.trimEnd(), after: ":::" },
    ...handlersFor(["aside", "admonition", "callout", ...alertNames], ({ name, given: options, inner }) => {
      const alert = alertKind(given(options, ["type", "variant", "kind", "status"])) ?? alertKind(name) ?? "NOTE";
      return inner === undefined ? undefined : { alert, title: given(options, ["title"]) || undefined };
    }),
  },
  otherwise: ({ name, given: options }) => {
    const kind = embedNames.find((one) => name === one || (one.length > 3 && name.includes(one)));
    return kind === undefined
      ? undefined
      : embed(kind, given(options, ["id", "youtubeid", "videoid", "tweetid", "src", "url"]));
  },
  ignoredInCode: true,
});

/** `isRead` tells that the reader has taken the front matter out of an export. */
export function mdx(draft: Draft, page: TemplatePage, isRead: boolean): Draft {
  const markdown = named(modules(outdented(draft), page, isRead));
  return markdownInHtml(outdented(expressions(elements(markdown, page), page)));
}

/** Lines that import and export; what they import stands for the file. */
function modules(draft: Draft, page: TemplatePage, isRead: boolean): Draft {
  const { text } = draft;
  const code = codeOf(parseMarkdown(text));
  const edits: Edit[] = [];
  const imported = new Map<string, string>();
  for (const match of text.matchAll(esm)) {
    if (isWithin(code, match.index)) continue;
    for (const [, name = "", from = ""] of match[0].matchAll(/import\s+(\w+)\s+from\s+["']([^"']+)["']/g))
      imported.set(name, from);
    const isImport = match[0].startsWith("import") || (isRead && exported.test(match[0]));
    if (!isImport)
      page.tell(draft.originOf(match.index), "template", "export of a program", "left in the post as a comment");
    edits.push({ start: match.index, end: match.index + match[0].length, text: isImport ? "" : commentOf(match[0]) });
  }
  for (const match of text.matchAll(/(=\s*)\{\s*(\w+)(?:\.src)?\s*\}/g)) {
    const file = imported.get(match[2] ?? "");
    if (file && !isWithin(code, match.index))
      edits.push({ start: match.index, end: match.index + match[0].length, text: `${match[1]}"${file}"` });
  }
  return edit(draft, edits);
}

/** HTML's own attributes have other names in JSX. */
function named(draft: Draft): Draft {
  const code = codeOf(parseMarkdown(draft.text));
  const edits = [...draft.text.matchAll(/<[a-z][\w-]*(?:\s[^<>]*?)?\s(className)=/g)].flatMap((match) => {
    const start = match.index + match[0].lastIndexOf("className");
    return isWithin(code, start) ? [] : [{ start, end: start + 9, text: "class" }];
  });
  return edit(draft, edits);
}

/** What is computed on the page; comments stay comments. */
function expressions(draft: Draft, page: TemplatePage): Draft {
  const { text } = draft;
  const code = codeOf(parseMarkdown(text));
  const comments = [...text.matchAll(/<!--[\s\S]*?-->/g)].map(({ 0: all, index }) => ({
    start: index,
    end: index + all.length,
  }));
  const edits = [...text.matchAll(expression)].flatMap((match): Edit[] => {
    const start = match.index;
    const isHeadingId = /^\{#[\w-]+\}$/.test(match[0]);
    if (isWithin(code, start) || isWithin(comments, start) || isHeadingId || text[start - 1] === "\\") return [];
    const end = start + match[0].length;
    const literal = /^\{\s*(?:"([^"]*)"|'([^']*)'|`([^`$]*)`)\s*\}$/.exec(match[0]);
    if (literal)
      return [
        {
          start,
          end,
          text:
            text[start - 1] === "="
              ? `"${literal[1] ?? literal[2] ?? literal[3] ?? ""}"`
              : (literal[1] ?? literal[2] ?? literal[3] ?? ""),
        },
      ];
    if (match[1] !== undefined) return [{ start, end, text: `<!-- ${match[1].trim().replaceAll("--", "- -")} -->` }];
    const attribute = /\s[\w-]+=$/.exec(text.slice(0, start))?.[0];
    page.tell(
      draft.originOf(start),
      "template",
      `expression ${match[0].replace(/\s+/g, " ").slice(0, 60)}`,
      attribute ? "left out of its element" : "left in the post as a comment",
    );
    return attribute
      ? [{ start: start - attribute.length, end, text: "" }]
      : [{ start, end, text: commentOf(match[0]) }];
  });
  return edit(draft, edits);
}

function tagOf(match: RegExpMatchArray): Tag {
  const [whole, closes, name = "", options = "", closesItself] = match;
  const place = { start: match.index ?? 0, end: (match.index ?? 0) + whole.length };
  const isWhole = closesItself || options.endsWith("/");
  return {
    ...place,
    name: name.toLowerCase(),
    form: closes ? "close" : isWhole ? "whole" : "open",
    given: argumentsIn(options),
  };
}

function argumentsIn(options: string): Arguments {
  return parseArguments(
    options
      .replace(/\/$/, "")
      .replace(
        /=\s*\{\s*(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([\w.]+))\s*\}/g,
        (_, a, b, c, d) => `="${a ?? b ?? c ?? d ?? ""}"`,
      ),
  );
}
