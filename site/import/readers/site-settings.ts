/** Files in which authors keep the address of their site where the engine asks for none. They are read, never run. */
import { firstText } from "./project-files.ts";

/** Names that a program may have. */
export function programs(stem: string): readonly string[] {
  return ["js", "mjs", "cjs", "ts", "mts"].map((extension) => `${stem}.${extension}`);
}

const address =
  /["']?\b(?:site_?url|base_?url|url|site|origin|domain|homepage)["']?\s*[:=]\s*(?:process\.env\.\w+\s*(?:\|\||\?\?)\s*)?["'`]?(https?:\/\/[^"'`\s,;]+)/i;
/** Where the code of a site is, and not the site. */
const codeHosts = /^(?:www\.)?(?:github|gitlab|bitbucket|codeberg|npmjs)\.(?:com|org)$/;

/** The first address that one of several files names; last of all the `homepage` of package.json. */
export async function addressNamedIn(root: string, files: readonly string[]): Promise<string | undefined> {
  for (const file of [...files, "package.json"]) {
    const [, found] = address.exec((await firstText(root, [file])).text) ?? [];
    if (found && URL.canParse(found) && !codeHosts.test(new URL(found).hostname)) return found;
  }
  return undefined;
}
