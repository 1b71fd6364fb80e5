/** Line numbers of code blocks, which engines ask for in ways of their own. */

export interface LineNumbers {
  /** `numbers`, or `numbers=10` where they do not begin at 1; absent where none are wished. */
  readonly option: string | undefined;
  /** What else was asked for. */
  readonly rest: string;
}

const wish =
  /\{?\s*\.?\b(?:linenos|linenumbers|numberlines|showlinenumbers|lineno)\b\s*(?:[:=]\s*(["']?)([\w-]+)\1)?\s*(?:\}|(?=[\s,}]|$))/i;
const beginning = /\b(?:linenostart|startlinenumber|start)\s*[:=]\s*["']?(\d+)["']?/i;

/** `linenos=table, linenostart=10` and the like, taken out of the options of a block. */
export function numbersOf(options: string): LineNumbers {
  const match = wish.exec(options);
  if (!match) return { option: undefined, rest: options };
  const isUnwished = /^(?:false|off|no)$/i.test(match[2] ?? "");
  const withoutWish = options.replace(match[0], match[0].startsWith("{") === match[0].endsWith("}") ? " " : "{ ");
  const start = /^\d+$/.test(match[2] ?? "") ? match[2] : beginning.exec(withoutWish)?.[1];
  const option = start && start !== "1" ? `numbers=${start}` : "numbers";
  return { option: isUnwished ? undefined : option, rest: withoutWish.replace(beginning, " ") };
}
