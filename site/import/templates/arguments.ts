/** What stands behind the name of a tag: `key="value"`, `key=value`, `"text"` and bare words, in any mixture. */

export interface Arguments {
  readonly named: ReadonlyMap<string, string>;
  readonly positional: readonly string[];
}

const argument = /(?:([\w.-]+)\s*[=:]\s*)?(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`|([^\s,"'`]+))/g;

export function parseArguments(text: string): Arguments {
  const named = new Map<string, string>();
  const positional: string[] = [];
  for (const [, key, double, single, raw, bare] of text.matchAll(argument)) {
    const value = (double ?? single)?.replace(/\\(["'\\])/g, "$1") ?? raw ?? bare ?? "";
    if (key && !isAddress(key, bare)) named.set(key.toLowerCase(), value);
    else positional.push(key ? `${key}:${value}` : value);
  }
  return { named, positional };
}

/** The first of several names, or the argument at a position. */
export function given({ named, positional }: Arguments, names: readonly string[], position?: number): string {
  for (const name of names) {
    const value = named.get(name);
    if (value) return value;
  }
  return (position === undefined ? undefined : positional[position]) ?? "";
}

/** `https://…` is no key with a value. */
function isAddress(key: string, bare: string | undefined): boolean {
  return /^https?$/i.test(key) && bare?.startsWith("//") === true;
}
