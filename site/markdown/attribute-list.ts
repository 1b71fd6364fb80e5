/** `{#id .class name=value}`: what may stand in it, and what is wrong with the rest. */
import { nearest } from "../nearest.ts";

export interface AttributeList {
  readonly attributes: readonly Attribute[];
  /** Bare words, of which only some places know any. */
  readonly words: readonly string[];
}

export interface Attribute {
  readonly name: string;
  readonly value: string;
  /** As the author wrote it. */
  readonly written: string;
}

export interface AttributeProblem {
  readonly code: string;
  readonly problem: string;
  readonly hint?: string | undefined;
}

const item =
  /\s*(?:#(?<id>[^\s{}#."'<>=]+)|\.(?<class>[a-z_][\w-]*)|(?<name>[a-z][\w:-]*)=(?:"(?<quoted>[^"]*)"|(?<bare>[^\s"'{}<>=]+))|(?<word>[a-z][\w-]*))(?=\s|$)/giy;

/**
 * Reads what stands between the braces. Absent when that is no list of attributes: `{{ x }}`, `{% y %}`, `{a, b}` and
 * `/users/{id}` are text, and so is a word alone unless it is one of `words`.
 */
export function parseAttributes(text: string, words: readonly string[] = []): AttributeList | undefined {
  const attributes: Attribute[] = [];
  const found: string[] = [];
  item.lastIndex = 0;
  let end = 0;
  for (let match = item.exec(text); match; match = item.exec(text)) {
    end = item.lastIndex;
    const { id, class: className, name, quoted, bare = "", word } = match.groups ?? {};
    const written = match[0].trim();
    if (id) attributes.push({ name: "id", value: id, written });
    else if (className) attributes.push({ name: "class", value: className, written });
    else if (name) attributes.push({ name: name.toLowerCase(), value: quoted ?? bare, written });
    else if (word && words.includes(word)) found.push(word);
    else return undefined;
  }
  if (text.slice(end).trim() !== "" || attributes.length + found.length === 0) return undefined;
  return { attributes, words: found };
}

const everywhere = ["id", "class", "lang", "dir", "title"];
/** By the name of an element, in addition. */
const onElements: Readonly<Record<string, readonly string[]>> = { a: ["rel", "hreflang"] };

const values: Readonly<Record<string, readonly [pattern: RegExp, hint: string]>> = {
  id: [/^[^\s"'<>&]+$/, "an id is one word"],
  class: [/^[a-z_][\w-]*(?: +[a-z_][\w-]*)*$/i, "a class is one word of letters, digits and dashes"],
  lang: [/^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i, 'write a language tag such as "de" or "pt-BR"'],
  hreflang: [/^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i, 'write a language tag such as "de" or "pt-BR"'],
  dir: [/^(?:ltr|rtl|auto)$/, "known are ltr, rtl and auto"],
  rel: [/^[a-z]+(?: [a-z]+)*$/, "write words such as nofollow"],
};

/** Absent when an element of this name may have the attribute. */
export function attributeProblem({ name, value }: Attribute, element: string): AttributeProblem | undefined {
  const known = [...everywhere, ...(onElements[element] ?? [])];
  if (!known.includes(name)) {
    const near = nearest(name, known);
    const hint = near ? `did you mean "${near}"?` : `known are ${known.join(", ")}`;
    return { code: "unknown-attribute", problem: `an attribute "${name}" is not possible here`, hint };
  }
  const [pattern, hint] = values[name] ?? [];
  if (!pattern || pattern.test(value)) return undefined;
  return { code: "invalid-attribute", problem: `"${value}" is no value for "${name}"`, hint };
}
