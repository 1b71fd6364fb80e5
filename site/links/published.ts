/** What answers at the addresses of the built site: files, functions, redirects. */

/** What the host does besides serving files. */
export interface Host {
  /** Addresses of functions; a trailing `*` stands for anything. */
  readonly doors: readonly string[];
  redirectFor(path: string): { readonly to: string } | undefined;
}

export interface Target {
  /** Path in the output; absent when a function or another site answers. */
  readonly file?: string;
  /** Where the host sends the reader who asks without the final slash. */
  readonly withSlash?: string;
}

export interface Published {
  /** Paths from the origin, for suggestions. */
  readonly addresses: readonly string[];
  /** `path` without escapes. Absent when nothing is there. */
  at(path: string): Target | undefined;
}

const maxRedirects = 5;
/** Rules for the host, which it does not publish. */
const unpublished = ["_headers", "_redirects"];

export function publishedBy(files: readonly string[], { doors, redirectFor }: Host): Published {
  const names = new Set(files.filter((file) => !unpublished.includes(file)));
  const at = (path: string, redirects = 0): Target | undefined => {
    const there = fileAt(names, path) ?? (doors.some((door) => isAt(door, path)) ? {} : undefined);
    const to = there || redirects === maxRedirects ? undefined : redirectFor(path)?.to;
    if (!to) return there;
    return to.startsWith("/") ? at(to.replace(/[?#].*$/, ""), redirects + 1) : {};
  };
  return { addresses: [...names].map(addressOf), at: (path) => at(path) };
}

/** Path from the origin of a file of the output. */
export function addressOf(file: string): string {
  return `/${file.replace(/(^|\/)index\.html$/, "$1")}`;
}

function fileAt(names: ReadonlySet<string>, path: string): Target | undefined {
  const name = path.slice(1);
  if (name === "" || name.endsWith("/"))
    return names.has(`${name}index.html`) ? { file: `${name}index.html` } : undefined;
  if (names.has(name)) return { file: name };
  return names.has(`${name}/index.html`) ? { file: `${name}/index.html`, withSlash: `${path}/` } : undefined;
}

function isAt(door: string, path: string): boolean {
  return door.endsWith("*") ? path.startsWith(door.slice(0, -1)) : door === path;
}
