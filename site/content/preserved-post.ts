/** A parsed post as bytes, and back: what is always needed apart from the long texts, which are read when they are asked for. */
import { deserialize, serialize } from "node:v8";
import { trustedLater } from "../html.ts";
import { splitFile } from "./front-matter-fence.ts";
import type { ParsedPost, TimedPost } from "./parse-post.ts";
import { parseYaml, type Structured } from "./structured.ts";

/** UTF-8, but for `parsed`, which is of V8's own making. */
export interface PreservedPost {
  readonly parsed: Uint8Array;
  readonly html: Uint8Array;
  readonly plain: Uint8Array;
  readonly words: Uint8Array;
  /** Milliseconds that it took to parse. */
  readonly ms: number;
}

export type LongText = "html" | "plain" | "words";

type Article = ParsedPost["article"];

interface Parsed {
  readonly value: unknown;
  readonly article: Omit<Article, "html" | "plainText" | "wordCounts">;
}

/** Undefined for a file with a mistake in its YAML: it will change, and only a parser knows its places. */
export function preserve({ parsed, ms }: TimedPost): PreservedPost | undefined {
  if (!parsed) return undefined;
  const { frontMatter, article } = parsed;
  if (frontMatter.syntaxErrors.length > 0) return undefined;
  const { html, plainText, wordCounts, ...rest } = article;
  return {
    parsed: serialize({ value: frontMatter.value, article: rest } satisfies Parsed),
    html: Buffer.from(html.markup),
    plain: Buffer.from(plainText()),
    words: Buffer.from(wordCounts()),
    ms,
  };
}

/** `text` is the file that was parsed. @throws for bytes that {@link preserve} did not make */
export function revive(parsed: Uint8Array, text: string, read: (part: LongText) => Uint8Array): ParsedPost | undefined {
  const split = splitFile(text);
  if (!split) return undefined;
  const { value, article } = deserialize(parsed) as Parsed;
  const long = (part: LongText) => () => Buffer.from(read(part)).toString();
  return {
    frontMatter: knownFrontMatter(value, split),
    bodyStart: split.bodyStart,
    article: {
      ...article,
      html: trustedLater(long("html")),
      plainText: long("plain"),
      wordCounts: long("words"),
    },
  };
}

/** Its places are looked up only where something is wrong. */
function knownFrontMatter(value: unknown, split: { readonly yaml: string; readonly yamlStart: number }): Structured {
  let parsed: Structured | undefined;
  return {
    value,
    syntaxErrors: [],
    offsetOf(at, part) {
      parsed ??= parseYaml(split.yaml, split.yamlStart);
      return parsed.offsetOf(at, part);
    },
  };
}
