/** dev.to's tags, which look like Liquid's. @see https://dev.to/p/editor_guide */
import { alertKind, alertNames } from "../markdown/alert.ts";
import { parseArguments } from "./arguments.ts";
import { type Carried, type Handler, type Tag, type Templates, templatesOf } from "./carry-over.ts";
import { embed, embedNames, serviceAt } from "./embeds.ts";
import { handlersFor } from "./handlers.ts";
import { fenced } from "./pieces.ts";

const anyTag = /\{%-?\s*([\w/.-]+)([\s\S]*?)-?%\}/g;
/** What stands behind these is one text. */
const titled = ["details", "collapsible", "spoiler"];
const others =
  "bandcamp blogcast embed forem glitch kotlin link loom medium next_tech post reddit replit slideshare speakerdeck";

/** `titleAt` knows what the imported posts are called, by their addresses on dev.to. */
export function forem(titleAt: (address: string) => string | undefined): Templates {
  const linked: Handler = ({ name, given }) => linkTo(name, given.positional[0] ?? "", titleAt);
  return templatesOf({
    noun: "tag",
    tags: (text) => [...text.matchAll(anyTag)].map(tagOf),
    handlers: {
      ...handlersFor(others.split(" "), linked),
      ...handlersFor(embedNames, (use, page) => embed(use.name, use.given.positional[0] ?? "") ?? linked(use, page)),
      ...handlersFor(["cta", "button"], ({ given, inner }) => {
        const href = addressIn(given.positional[0] ?? "");
        return inner !== undefined && href ? { text: `[${inner.trim()}](${href})`, told: "became a link" } : undefined;
      }),
      ...handlersFor(titled, ({ given, inner }) =>
        inner === undefined ? undefined : { before: `::: details ${given.positional[0]}`.trimEnd(), after: ":::" },
      ),
      ...handlersFor(["user", "organization"], ({ given: { positional } }) => pageOf("@", positional[0])),
      tag: ({ given: { positional } }) => pageOf("#", positional[0]),
      card: ({ inner }) => (inner === undefined ? undefined : { before: "::: aside", after: ":::" }),
      raw: ({ inner }) => (inner === undefined ? undefined : { text: inner }),
      katex: ({ given, inner }) => {
        const tex = inner?.trim();
        if (!tex) return undefined;
        return { text: given.positional[0] === "inline" ? `$${tex}$` : `$$\n${tex}\n$$` };
      },
      runkit: ({ inner }) =>
        inner === undefined ? undefined : { text: fenced(inner, "js"), told: "became a block of code" },
      ...handlersFor(alertNames, ({ name, inner }) =>
        inner === undefined ? undefined : { alert: alertKind(name) ?? "NOTE" },
      ),
    },
    ignoredInCode: true,
  });
}

function tagOf(match: RegExpMatchArray): Tag {
  const [whole, written = "", options = ""] = match;
  const name = written.replace(/^end(?=.)/, "").toLowerCase();
  const given = titled.includes(name)
    ? { named: new Map<string, string>(), positional: [options.replace(/\s+/g, " ").trim()] }
    : parseArguments(options);
  const start = match.index ?? 0;
  return { start, end: start + whole.length, name, form: name === written.toLowerCase() ? "open" : "close", given };
}

/** `{% link https://dev.to/ada/quiet %}`, `{% link ada/quiet %}` */
function linkTo(name: string, target: string, titleAt: (address: string) => string | undefined): Carried | undefined {
  const isPost = /^(?:link|post)$/.test(name) && /^\/?[\w-]+\/[\w-]+$/.test(target);
  const href = isPost ? `https://dev.to/${target.replace(/^\//, "")}` : addressIn(target);
  if (!href) return undefined;
  const words = titleAt(href) ?? serviceAt(href) ?? href.replace(/^https?:\/\/(?:www\.)?/, "");
  return { text: `[${words.replace(/[[\]\\]/g, "\\$&")}](${href})`, told: "became a link" };
}

function addressIn(text: string): string | undefined {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text) ? text : undefined;
}

function pageOf(sign: "@" | "#", name: string | undefined): Carried | undefined {
  const path = sign === "@" ? name : `t/${name}`;
  return name && /^[\w-]+$/.test(name)
    ? { text: `[${sign}${name}](https://dev.to/${path})`, told: "became a link" }
    : undefined;
}
