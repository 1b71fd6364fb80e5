/** What all template languages have in common: tags in the text, some of which have a plain equivalent. */
import { type Draft, type Edit, edit } from "../draft.ts";
import { type LeftOut, leaveOut } from "../leave-out.ts";
import { type AlertKind, quoted } from "../markdown/alert.ts";
import { codeOf, isWithin, parseMarkdown, type Range } from "../markdown/tokens.ts";
import type { Tell } from "../source-post.ts";
import type { Arguments } from "./arguments.ts";
import { addressesIn, unknown } from "./unknown-address.ts";

/** Takes the template language out of a body. */
export type Templates = (draft: Draft, page: TemplatePage) => Draft;

export interface TemplatePage {
  readonly title: string;
  readonly tell: Tell;
  /** Address in our blog of a page that the author names by its file; undefined when no imported post is meant. */
  refer(name: string): string | undefined;
}

export interface Tag {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  /** A tag that opens may do without one that closes. */
  readonly form: "open" | "close" | "whole";
  readonly given: Arguments;
}

export interface Use extends Tag {
  /** Text between the tag and the one that closes it; absent where none does. */
  readonly inner: string | undefined;
}

/** What becomes of a tag. `told` says what was lost on the way. */
export type Carried = (
  | {
      /** In place of the tag and of all that it encloses. */
      readonly text: string;
      /** It stands alone even if it is one line. */
      readonly isBlock?: boolean;
    }
  | { /** Around what it encloses. */ readonly before: string; readonly after: string }
  | { /** What it encloses becomes a marked note. */ readonly alert: AlertKind; readonly title?: string | undefined }
  | { /** What it encloses never was text, and is left out with it. */ readonly program: true }
) & { readonly told?: string | undefined };

/** Gives `undefined` where it has no equivalent. */
export type Handler = (use: Use, page: TemplatePage) => Carried | undefined;
export type Handlers = Readonly<Record<string, Handler>>;

export interface Language {
  /** What the report calls a tag: `shortcode`. */
  readonly noun: string;
  tags(text: string): readonly Tag[];
  readonly handlers: Handlers;
  /** For tags that no handler knows. */
  readonly otherwise?: Handler;
  /** Names whose result is text that may stand in code as well. */
  readonly inCode?: readonly string[];
  /** Names that mean nothing in code; true: none does. */
  readonly ignoredInCode?: readonly string[] | true;
}

export function templatesOf(language: Language): Templates {
  return (draft, page) => carryOver(draft, page, language);
}

function carryOver(draft: Draft, page: TemplatePage, language: Language): Draft {
  const { text } = draft;
  const tags = language.tags(text);
  if (tags.length === 0) return draft;
  const partners = pair(tags);
  const code = codeOf(parseMarkdown(text));
  const addresses = addressesIn(text);
  const edits: Edit[] = [];
  const left: LeftOut[] = [];
  const closed = new Set<Tag>();
  let gone = 0;
  for (const tag of tags) {
    if (tag.start < gone || closed.has(tag)) continue;
    const close = partners.get(tag);
    const source = text.slice(tag.start, tag.end);
    const tell = (done: string) =>
      page.tell(draft.originOf(tag.start), "template", `${language.noun} ${shortened(source)}`, done);
    if (isWithin(code, tag.start) && !language.inCode?.includes(tag.name)) {
      if (language.ignoredInCode !== true && !language.ignoredInCode?.includes(tag.name))
        tell("stayed as it is, in code");
      if (close) closed.add(close);
      continue;
    }
    const use = { ...tag, inner: close && text.slice(tag.end, close.start) };
    const carried = tag.form === "close" ? undefined : handle(language, use, page);
    if (!carried && isWithin(addresses, tag.start)) {
      edits.push({ start: tag.start, end: tag.end, text: unknown(source) });
      tell("nobody knows its value; the link or the picture is left out");
      continue;
    }
    if (!carried || (!close && !("text" in carried))) {
      left.push({ start: tag.start, end: tag.end, text: source });
      tell("left in the post as a comment");
      continue;
    }
    if (carried.told) tell(carried.told);
    if (close) closed.add(close);
    if (close && "program" in carried) {
      gone = close.end;
      left.push({ start: tag.start, end: gone, text: text.slice(tag.start, gone) });
      tell("left in the post as a comment");
    } else if ("text" in carried) {
      gone = close?.end ?? tag.end;
      edits.push(
        replacement(
          text,
          { start: tag.start, end: gone },
          carried.text,
          carried.isBlock || carried.text.includes("\n"),
        ),
      );
    } else if (close && "alert" in carried) edits.push(...quoted(text, tag, close, carried));
    else if (close && "before" in carried) {
      edits.push(replacement(text, tag, carried.before, carried.before !== ""));
      edits.push(replacement(text, close, carried.after, carried.after !== ""));
    }
  }
  return edit(draft, [...edits, ...leaveOut(text, left)]);
}

function handle(language: Language, use: Use, page: TemplatePage): Carried | undefined {
  const handler = Object.hasOwn(language.handlers, use.name) ? language.handlers[use.name] : undefined;
  return (handler ?? language.otherwise)?.(use, page);
}

/** Each opening tag with the one that closes it. What is opened inside and never closed needs no partner. */
function pair(tags: readonly Tag[]): ReadonlyMap<Tag, Tag> {
  const partners = new Map<Tag, Tag>();
  const open: Tag[] = [];
  for (const tag of tags) {
    if (tag.form === "open") open.push(tag);
    if (tag.form !== "close") continue;
    const at = open.findLastIndex(({ name }) => name === tag.name || tag.name === "");
    const partner = open[at];
    if (!partner) continue;
    partners.set(partner, tag);
    open.length = at;
  }
  return partners;
}

/** A block stands on lines of its own, blank ones around them, and keeps to the column at which the tag stands. */
function replacement(text: string, { start, end }: Range, by: string, isBlock: boolean): Edit {
  if (!isBlock) return { start, end, text: by };
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const line = text.slice(lineStart, start);
  const prefix = /^[ \t>]*/.exec(line)?.[0] ?? "";
  const gap = `\n${prefix}`;
  const before = prefix !== line ? gap + gap : isText(lineAbove(text, lineStart)) ? gap : "";
  const behind = /^[ \t]*(\n|$)/.exec(text.slice(end));
  const after = !behind ? gap + gap : isText(lineBelow(text, end + behind[0].length)) ? gap : "";
  return { start, end, text: before + by.replaceAll("\n", gap) + after };
}

function lineAbove(text: string, lineStart: number): string {
  return text.slice(text.lastIndexOf("\n", lineStart - 2) + 1, Math.max(0, lineStart - 1));
}

function lineBelow(text: string, lineStart: number): string {
  const end = text.indexOf("\n", lineStart);
  return text.slice(lineStart, end < 0 ? text.length : end);
}

function isText(line: string): boolean {
  return /[^\s>]/.test(line);
}

export function shortened(source: string): string {
  const line = source.replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
