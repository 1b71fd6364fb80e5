/** Marks in a text on its way that say where its places come from, and the text without them. */
import type { Draft } from "../draft.ts";

/** Noncharacters stand around the number: no text that was cleaned has any. */
const mark = /\uFDD0(\d+)\uFDD1/g;

/** Says that what follows comes from an offset. */
export function markOf(offset: number): string {
  return `\uFDD0${offset}\uFDD1`;
}

export function withoutMarks(text: string): string {
  return text.replace(mark, "");
}

/** Takes the marks out. Each place comes from where the last mark before it says, in `draft`. */
export function takeMarks(marked: string, draft: Draft): Draft {
  const places = [{ at: 0, from: 0 }];
  let text = "";
  let reached = 0;
  for (const match of marked.matchAll(mark)) {
    text += marked.slice(reached, match.index);
    places.push({ at: text.length, from: Number(match[1]) });
    reached = match.index + match[0].length;
  }
  text += marked.slice(reached);
  return {
    text,
    originOf: (offset) => draft.originOf(places.findLast(({ at }) => at <= offset)?.from ?? 0),
  };
}
