/** Files in which authors keep the address of their site where the engine asks for none. They are read, never run. */
import { firstText } from "./project-files.ts";

/** Names that a program may have. */
export function programs(stem: string): readonly string[] {
  return ["js", "mjs", "cjs", "ts", "mts"].map((extension) => `${stem}.${extension}`);
}

const address =
  /["']?\b(?:site_?url|base_?url)["']?\s*[:=]\s*(?:process\.env\.\w+\s*(?:\|\||\?\?)\s*)?["'`]?(https?:\/\/[^"'`\s,;]+)/i;
const shallowAddress =
  /["']?\b(?:url|site|origin|domain|homepage)["']?\s*[:=]\s*(?:process\.env\.\w+\s*(?:\|\||\?\?)\s*)?["'`]?(https?:\/\/[^"'`\s,;]+)/i;
/** Where the code of a site is, or its author, and not the site. */
const otherHosts =
  /^(?:www\.)?(?:github|gitlab|bitbucket|codeberg|npmjs|twitter|x|facebook|instagram|linkedin|youtube)\.(?:com|org)$/;

/** The first address that one of several files names; last of all the `homepage` of package.json. */
export async function addressNamedIn(root: string, files: readonly string[]): Promise<string | undefined> {
  for (const file of [...files, "package.json"]) {
    const { text } = await firstText(root, [file]);
    const [, found] = address.exec(text) ?? shallowAddress.exec(shallow(text)) ?? [];
    if (found && URL.canParse(found) && !otherHosts.test(new URL(found).hostname)) return found;
  }
  return undefined;
}

/** Without what is in objects within objects: there it is something else that has an address. */
function shallow(text: string): string {
  let depth = 0;
  return text.replace(/[{}]|[^{}]+/g, (piece) => {
    if (piece === "{") depth += 1;
    if (piece === "}") depth -= 1;
    return depth <= 1 ? piece : "";
  });
}
