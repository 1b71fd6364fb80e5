/** A page of the site with two holes, so that functions answer in the site's own design. */
import { escapeHtml, type Html, trusted } from "../html.ts";

/** Written by the build, bundled into the functions that answer with pages as `#shell`. */
export interface Shell {
  /** A whole page with holes. */
  readonly page: string;
  /** Content-Security-Policy that fits it. */
  readonly contentSecurityPolicy: string;
}

/** Stands in the built shell where the title goes; also valid inside `<title>`. */
export const titleHole = "[[page-title]]";
/** Stands in the built shell where the content of `<main>` goes. */
export const mainHole = "[[page-main]]";

/** The shell with its holes filled. Throws when the shell has lost a hole: that is a bug of the build. */
export function fillShell(shell: string, page: { readonly title: string; readonly main: Html }): Html {
  const [head, rest] = split(shell, mainHole);
  return trusted(`${head.replaceAll(titleHole, () => escapeHtml(page.title))}${page.main.markup}${rest}`);
}

function split(text: string, hole: string): [string, string] {
  const at = text.indexOf(hole);
  if (at < 0) throw new Error(`the page shell has no ${hole}`);
  return [text.slice(0, at), text.slice(at + hole.length)];
}
