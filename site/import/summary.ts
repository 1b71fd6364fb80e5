/** A description for a post that has none: how its text begins. */
import { plainText } from "./html/plain-text.ts";

const longest = 160;

/** Whole sentences as far as they fit, else words; empty when there is no prose. */
export function summaryOf(html: string): string {
  const withoutFigures = html.replace(/<(figure|table|pre|div|section|ul|ol|blockquote)\b[\s\S]*?<\/\1>/g, "");
  for (const source of [withoutFigures, html]) {
    const paragraphs = [...source.matchAll(/<p>([\s\S]*?)<\/p>/g)].map(([, inner = ""]) => plainText(inner));
    const text = paragraphs.find((paragraph) => paragraph.length >= 20) ?? paragraphs.find(Boolean);
    if (text) return cut(text);
  }
  return "";
}

export function cut(text: string): string {
  if (text.length <= longest) return text;
  const head = text.slice(0, longest + 1);
  const sentences = /^[\s\S]*[.!?…](?=["”’)]?\s)["”’)]?/.exec(head)?.[0];
  if (sentences && sentences.length >= 50) return sentences;
  return `${head
    .slice(0, longest)
    .replace(/\s+\S*$/, "")
    .replace(/[,;:–—-]+$/, "")}…`;
}
