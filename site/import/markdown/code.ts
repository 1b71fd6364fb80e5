/** The line behind a code fence: languages that Prism knows, titles and marked lines as ours are written. */
import { isLanguage } from "../../markdown/languages.ts";
import { type Draft, edit } from "../draft.ts";
import type { Tell } from "../source-post.ts";
import { highlightComments } from "./highlight-comments.ts";
import { numbersOf } from "./line-numbers.ts";
import { type Node, nodesOf, parseMarkdown } from "./tokens.ts";

const otherNames: Readonly<Record<string, string>> = {
  golang: "go",
  zsh: "bash",
  fish: "bash",
  "shell-session": "shell-session",
  terminal: "console",
  output: "text",
  none: "text",
  "c++": "cpp",
  "objective-c": "objectivec",
  jsonc: "json5",
  vue: "html",
  svelte: "html",
  astro: "tsx",
  terraform: "hcl",
  proto: "protobuf",
  ps1: "powershell",
  pwsh: "powershell",
  make: "makefile",
  postgres: "sql",
  postgresql: "sql",
  psql: "sql",
  mysql: "sql",
  njk: "twig",
  nunjucks: "twig",
  jinja: "jinja2",
  htm: "html",
  apache: "apacheconf",
  "go-html-template": "html",
  "go-text-template": "text",
  gotmpl: "html",
  plain: "text",
};

/** The language as ours knows it; undefined when it does not. What marks differences in a language shows these alone. */
export function languageFor(name: string): string | undefined {
  const plain = name
    .toLowerCase()
    .replace(/^(?:language|lang|brush)[-:]\s*/, "")
    .replace(/^diff-.+$/, "diff");
  const known = Object.hasOwn(otherNames, plain) ? otherNames[plain] : plain;
  return known !== undefined && isLanguage(known) ? known : undefined;
}

export function mendCode(draft: Draft, tell: Tell): Draft {
  const { text } = draft;
  const edits = nodesOf(parseMarkdown(text), "codeFenced").flatMap((node) => {
    const [opening, closing] = nodesOf(node, "codeFencedFence");
    if (!opening) return [];
    const at = draft.originOf(opening.start);
    const end = closing ? [] : [{ start: node.end, end: node.end, text: closingFor(text, node, opening) }];
    if (!closing) tell(at, "code", "code block that is never closed", "closed at its end");
    const info = nodesOf(opening, "codeFencedFenceInfo", "codeFencedFenceMeta");
    const { edits: unmarked, lines, count } = highlightComments(text, opening.end, closing?.start ?? node.end);
    const range = { start: info[0]?.start ?? opening.end, end: info.at(-1)?.end ?? opening.end };
    const written = text.slice(range.start, range.end);
    if (!written && lines.length === 0) return end;
    const told = (problem: string, done: string) => tell(draft.originOf(range.start), "code", problem, done);
    const fence = fenceFor(written, { tell: told, lines, count });
    return [...(fence === written ? [] : [{ ...range, text: fence }]), ...unmarked, ...end];
  });
  return edit(draft, edits);
}

interface Code {
  readonly tell: (problem: string, done: string) => void;
  /** To be marked beside those that the fence names. */
  readonly lines: readonly string[];
  /** How many lines it has. */
  readonly count: number;
}

const titled = /(?:title|filename|file|name|caption)\s*[:=]\s*(?:"([^"]*)"|'([^']*)'|([^\s,{}]+))/;
const markedLines = [
  /(?:hl_lines|mark|highlight)\s*=\s*(?:\[([^\]]*)\]|"([^"]*)"|\{([^}]*)\}|([\d\s-]+))/,
  /\{([\d\s,-]+)\}/,
];

/** ```` ```js:title=a.js {1,3} ````, ```` ```go {hl_lines=["2-3"]} ````, ```` ```rust,linenos,hl_lines=1 3 ```` */
function fenceFor(info: string, { tell, lines, count }: Code): string {
  const [, name = "", behind = ""] =
    /^\{?\.?([^\s{},:=/]*)([\s\S]*)$/.exec(info.trim().replace(/^([\w-]+)\/(?=\d)([\d,-]+)/, "$1 {$2}")) ?? [];
  const isOption = /=/.test(behind.charAt(0)) && name.toLowerCase() !== "title";
  const language = name === "" || isOption ? "text" : languageFor(name);
  if (language === undefined) tell(`code in the language "${name}", which is not known here`, 'became "text"');
  const numbers = numbersOf(isOption ? `${name}${behind}` : behind);
  let lost = numbers.rest;
  const take = (pattern: RegExp): string | undefined => {
    const match = pattern.exec(lost);
    if (match) lost = lost.replace(match[0], " ");
    return match?.slice(1).find((group) => group !== undefined);
  };
  const title = take(titled);
  const named = markedLines.map(take).find((one) => one !== undefined);
  const marked = [...linesThere(named?.match(/\d+(?:-\d+)?/g) ?? [], count, tell), ...lines];
  const left = lost
    .replace(/[\s,]+/g, " ")
    .replace(/(?<=^| )[:{}]+(?= |$)/g, "")
    .replace(/^([^{]*)\}$/, "$1")
    .trim();
  if (left) tell(`option of a code block, ${left}`, "left out");
  return [
    language ?? "text",
    title && `title="${title.replaceAll('"', "'")}"`,
    marked.length > 0 && `{${marked.join(",")}}`,
    numbers.option,
  ]
    .filter(Boolean)
    .join(" ");
}

/** Ranges as far as the code has their lines. */
function linesThere(ranges: readonly string[], count: number, tell: Code["tell"]): readonly string[] {
  const there = ranges.flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    if (first < 1 || first > count || last < first) return [];
    return last <= count ? [range] : [first === count ? `${first}` : `${first}-${count}`];
  });
  const wrong = ranges.filter((range) => !there.includes(range));
  if (wrong.length > 0)
    tell(`marked lines ${wrong.join(",")} of a code block that has ${count}`, "left out as far as they are not there");
  return there;
}

function closingFor(text: string, node: Node, opening: Node): string {
  const ticks = /^[`~]+/.exec(text.slice(opening.start))?.[0] ?? "```";
  return text[node.end - 1] === "\n" ? `${ticks}\n` : `\n${ticks}`;
}
