/** Front matter of an imported post, in the order of our reference, only what is there. */

export interface NewFrontMatter {
  readonly title: string;
  readonly description: string;
  readonly published: string;
  readonly updated?: string | undefined;
  readonly tags: readonly string[];
  readonly aliases: readonly string[];
  readonly draft: boolean;
  readonly unlisted: boolean;
  readonly image?: string | undefined;
  readonly imageAlt?: string | undefined;
  readonly canonical?: string | undefined;
  readonly language?: string | undefined;
  readonly toc?: false | undefined;
}

export function frontMatterText(front: NewFrontMatter): string {
  const lines = Object.entries(front).flatMap(([key, value]: [string, unknown]) => {
    const isUsual = value === (key === "toc");
    if (value === undefined || isUsual || (Array.isArray(value) && value.length === 0)) return [];
    if (typeof value === "boolean") return [`${key}: ${value}`];
    if (Array.isArray(value)) return [`${key}: [${value.map((item) => scalar(String(item), true)).join(", ")}]`];
    return [`${key}: ${scalar(String(value), false)}`];
  });
  return `---\n${lines.join("\n")}\n---\n`;
}

/** Plain where YAML reads it as the text it is, else in the quotes of JSON, which YAML reads as well. */
function scalar(text: string, isInList: boolean): string {
  if (/^\d{4}-\d{2}-\d{2}(?:T[\d:]+(?:Z|[+-]\d{2}:\d{2})?)?$/.test(text)) return text;
  const plain = isInList
    ? /^[\p{L}/][\p{L}\p{N}./_~%-]*$/u
    : /^[\p{L}/][\p{L}\p{N} ,.()'’"/!?;_&%+–—-]*$|^https?:\/\/[^\s#,[\]{}]+$/u;
  const isWord = /^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return plain.test(text) && !isWord && !/[ ]$/.test(text) ? text : JSON.stringify(text);
}
