/** Names from elsewhere made ours: slugs, tags, file names, paths. */

const letters: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ð: "d",
  đ: "d",
  þ: "th",
  ł: "l",
  ı: "i",
};
const longestSlug = 80;

/** Lower-case ASCII words joined by `-`; empty when nothing of the text can be written so. */
export function kebab(text: string): string {
  return text
    .toLowerCase()
    .replace(/[ßæœøðđþłı]/g, (letter) => letters[letter] ?? "")
    .normalize("NFKD")
    .replace(/[\p{M}'’]/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

/** The first of several wishes that can be an address, cut at a word when it is long. */
export function slugFrom(...wishes: readonly string[]): string {
  const slug = wishes.map((wish) => kebab(decoded(wish))).find(Boolean) ?? "untitled";
  return slug.length <= longestSlug
    ? slug
    : slug
        .slice(0, longestSlug + 1)
        .replace(/-[^-]*$/, "")
        .slice(0, longestSlug);
}

const tagNames: Readonly<Record<string, string>> = {
  "c++": "cpp",
  "c#": "csharp",
  "f#": "fsharp",
  ".net": "dotnet",
  "r&d": "research",
};

/** Empty when nothing of the tag can be written in ASCII. */
export function tagFrom(text: string): string {
  const plain = text.trim().toLowerCase();
  return tagNames[plain] ?? kebab(plain.replace(/\+\+/g, "pp").replace(/#$/, "sharp").replace(/&/g, " and "));
}

/** A file name that is safe everywhere: no folders, no dot in front, nothing that an address must escape. */
export function fileNameFrom(address: string): string {
  const last = decoded(address).split(/[\\/]/).at(-1) ?? "";
  const dot = last.lastIndexOf(".");
  const stem = dot > 0 ? last.slice(0, dot) : last;
  const extension = dot > 0 ? last.slice(dot + 1).replace(/[^A-Za-z0-9]/g, "") : "";
  const clean = stem
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9_]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, longestSlug);
  return `${clean || "file"}${extension && `.${extension}`}`;
}

/** Percent escapes resolved where they are valid. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Text for one line: runs of white space are one space. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** `2019-01-02-quiet` and `2019-01-02_quiet` taken apart. */
export function datedName(name: string): { readonly day: string | undefined; readonly rest: string } {
  const [, year, month, day, rest] = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[-_ ](.*))?$/.exec(name) ?? [];
  if (!year || !month || !day) return { day: undefined, rest: name };
  return { day: `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`, rest: rest || name };
}

/** Words that a file name says; for pictures that nobody described. */
export function wordsOf(address: string): string {
  const name = fileNameFrom(address.replace(/[?#].*$/, "")).replace(/\.[^.]*$/, "");
  const words = name.split(/[-_]+/).filter(Boolean).join(" ");
  // Medium calls pictures by a digit, a star and a number of letters and digits.
  const isMeant =
    !/(?:^|\/)\d(?:\*|%2A)[^/]+$/i.test(address) &&
    /[a-z]{3}/i.test(words) &&
    !/[0-9a-f]{12}|^(img|dsc|image|screenshot|screen shot)\b[\d\s]*$/i.test(words);
  return isMeant ? words : "Picture";
}
