/** WordPress's export, RSS with elements of its own, read with the places of its texts. @see https://wordpress.org/documentation/article/tools-export-screen/ */
import sax from "sax";
import type { ContentProblem } from "../../content/problem.ts";
import type { Source } from "../../content/source.ts";
import { type Draft, draftOf, type Edit, edit } from "../draft.ts";
import { decodeEntities } from "../html/plain-text.ts";

export interface WxrElement {
  readonly attributes: Readonly<Record<string, string>>;
  /** Offsets of what is between its tags. */
  readonly start: number;
  readonly end: number;
}

export interface WxrItem {
  readonly start: number;
  /** By names as they are written, `wp:post_name`; of several the first. */
  readonly fields: ReadonlyMap<string, WxrElement>;
  readonly categories: readonly WxrElement[];
  /** Custom fields, by their keys; some stand there several times. */
  readonly meta: ReadonlyMap<string, readonly WxrElement[]>;
  /** Offsets of the comments below it. */
  readonly comments: readonly number[];
}

export interface Wxr {
  readonly channel: ReadonlyMap<string, WxrElement>;
  /** Up to where the file can be read. */
  readonly items: readonly WxrItem[];
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly start: number;
}

class Malformed extends Error {}

export function readWxr(source: Source, problems: ContentProblem[]): Wxr {
  const parser = sax.parser(true);
  const open: Open[] = [];
  const file = fileOf(source.text);
  parser.onopentag = ({ name, attributes }) => {
    open.push({ name, attributes: attributes as Readonly<Record<string, string>>, start: parser.position });
    file.begin(name, parser.startTagPosition - 1);
  };
  parser.onclosetag = () => {
    const last = open.pop();
    const end = parser.startTagPosition - 1;
    if (last) file.end(last, open.at(-1)?.name ?? "", Math.max(last.start, end));
  };
  parser.onerror = (error) => {
    throw new Malformed(error.message.split("\n")[0]);
  };
  try {
    parser.write(source.text).close();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const at = Math.min(parser.position, source.text.length);
    const problem = `not valid XML: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`;
    const hint = "what stands behind it was not read; mend it there, or export again";
    problems.push(source.problemAt(Math.max(0, at - 1), { code: "syntax", problem, hint }));
  }
  return file.read;
}

function fileOf(text: string) {
  const channel = new Map<string, WxrElement>();
  const items: WxrItem[] = [];
  let item = emptyItem(0);
  let key = "";
  return {
    read: { channel, items },
    begin(name: string, start: number) {
      if (name === "item") item = emptyItem(start);
      if (name === "wp:comment") item.comments.push(start);
    },
    end({ name, attributes, start }: Open, parent: string, end: number) {
      const element = { attributes, start, end };
      if (name === "item") items.push(item);
      else if (parent === "channel" && !channel.has(name)) channel.set(name, element);
      else if (name === "wp:meta_key") key = textOf(text, element);
      else if (name === "wp:meta_value" && parent === "wp:postmeta")
        item.meta.set(key, [...(item.meta.get(key) ?? []), element]);
      else if (parent === "item" && name === "category") item.categories.push(element);
      else if (parent === "item" && !item.fields.has(name)) item.fields.set(name, element);
    },
  };
}

function emptyItem(start: number) {
  return {
    start,
    fields: new Map<string, WxrElement>(),
    categories: [] as WxrElement[],
    meta: new Map<string, readonly WxrElement[]>(),
    comments: [] as number[],
  };
}

/** What an element says, without the marks of `CDATA`, and with entities resolved outside of it. */
export function draftIn(text: string, { start, end }: WxrElement): Draft {
  const written = text.slice(start, end);
  const edits: Edit[] = [];
  for (const { 0: found, 1: content, index } of written.matchAll(/<!\[CDATA\[([\s\S]*?)\]\]>|&#?\w+;/g)) {
    const close = index + found.length;
    if (content === undefined) edits.push({ start: index, end: close, text: decodeEntities(found) });
    else edits.push({ start: index, end: index + 9, text: "" }, { start: close - 3, end: close, text: "" });
  }
  return edit(draftOf(written, start), edits);
}

export function textOf(text: string, element: WxrElement | undefined): string {
  return element ? draftIn(text, element).text : "";
}
