/** Names that a code fence may carry: Prism's, those that people write for them, and what is no language. */
import components from "prismjs/components.js";

/** Plain text, with what a reader calls it. */
const plain: Readonly<Record<string, string>> = { text: "Text", txt: "Text", plain: "Text", plaintext: "Text" };

/** What a terminal showed: commands behind prompts, and their output. */
const sessions = ["console", "shell-session", "sh-session", "shellsession"];

/** Names that Prism lacks. */
const others: Readonly<Record<string, string>> = {
  "c#": "csharp",
  "c++": "cpp",
  dotenv: "ini",
  golang: "go",
  gql: "graphql",
  jsonc: "json",
  make: "makefile",
  patch: "diff",
  postgresql: "sql",
  proto: "protobuf",
  ps1: "powershell",
  rs: "rust",
  svelte: "markup",
  terraform: "hcl",
  tf: "hcl",
  vue: "markup",
  zsh: "bash",
};

const titles: ReadonlyMap<string, string> = new Map([
  // Extras add to other languages and are none themselves.
  ...Object.entries(components.languages)
    .filter(([name]) => name !== "meta" && !name.endsWith("-extras"))
    .flatMap(([name, { title = name, alias, aliasTitles }]) =>
      [name, ...[alias ?? []].flat()].map((known) => [known, aliasTitles?.[known] ?? title] as const),
    ),
  ...Object.entries(plain),
  ...sessions.map((name) => [name, "Terminal"] as const),
]);

/** Every name a code fence may carry. */
export function languageNames(): readonly string[] {
  return [...titles.keys(), ...Object.keys(others)];
}

export function isLanguage(name: string): boolean {
  return name === "" || titles.has(name) || Object.hasOwn(others, name);
}

/** As a reader knows it, `TypeScript` for `ts`; empty for none. */
export function languageTitle(name: string): string {
  return titles.get(Object.hasOwn(others, name) ? (others[name] ?? "") : name) ?? "";
}

/** Of the grammar that colours it; absent for plain text and unknown languages. A session's commands are Bash. */
export function prismName(name: string): string | undefined {
  if (isSession(name)) return "bash";
  if (Object.hasOwn(others, name)) return others[name];
  return titles.has(name) && !Object.hasOwn(plain, name) ? name : undefined;
}

export function isSession(name: string): boolean {
  return sessions.includes(name);
}

/** A language whose own lines never begin with `$ `. */
export function isShell(name: string): boolean {
  return ["bash", "sh", "shell"].includes(prismName(name) ?? "");
}
