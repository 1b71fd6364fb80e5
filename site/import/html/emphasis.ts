/** Signs around words, where Markdown would read them as such; elsewhere the element that they stand for. */
import { withoutMarks } from "./marks.ts";
import { isBlock, isElement, isText } from "./page.ts";

const signs: Readonly<Record<string, string>> = { em: "*", strong: "**", del: "~~" };

/** @see https://spec.commonmark.org/0.31.2/#delimiter-run */
export function emphasis(name: "em" | "strong" | "del", content: string, node: Element): string {
  const inner = withoutMarks(content);
  if (!inner.trim()) return content;
  const before = neighbour(node, "previousSibling");
  const behind = neighbour(node, "nextSibling");
  const characters = [...inner];
  // Within other signs, one between two signs could end the outer ones.
  const edge = node.parentElement?.closest("em, i, strong, b, del, s, strike, cite, dfn, var") ? /\s/ : /[\s\p{P}]/u;
  const opens = !isSign(characters.at(0)) || before === undefined || edge.test(before);
  const closes = !isSign(characters.at(-1)) || behind === undefined || edge.test(behind);
  const isBroken = /\n\s*\n/.test(inner) || before === signs[name]?.[0] || behind === signs[name]?.[0];
  const sign = signs[name] ?? "";
  return opens && closes && !isBroken ? `${sign}${content}${sign}` : `<${name}>${content}</${name}>`;
}

/** The sign that will stand beside an element; undefined at the edge of its block. */
function neighbour(node: Node, side: "previousSibling" | "nextSibling"): string | undefined {
  const next: Node | null = node[side];
  if (isText(next)) return [...next.data].at(side === "nextSibling" ? 0 : -1);
  if (isElement(next)) return isBlock(next) ? undefined : elementSign(next);
  return isBlock(node.parentNode) ? undefined : "(";
}

function elementSign({ nodeName }: Element): string {
  if (/^(?:EM|I|STRONG|B|CITE|DFN|VAR)$/.test(nodeName)) return "*";
  if (/^(?:DEL|S|STRIKE)$/.test(nodeName)) return "~";
  return nodeName === "BR" ? " " : "(";
}

function isSign(character: string | undefined): boolean {
  return character !== undefined && /[\p{P}\p{S}]/u.test(character);
}
