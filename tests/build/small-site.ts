/** A blog of twelve posts that has a little of everything, and what a build made of it. */
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { jpeg, svg } from "../site/pictures/drawn.ts";
import { post } from "../site/site-in-a-folder.ts";
import { contentFolder } from "./build-apart.ts";
import { builtFiles } from "./built-site.ts";

const code = '```ts title="watermark.ts"\nconst late = (at: number) => at < watermark; // [!code focus]\n```\n';
const diagram =
  '```mermaid title="Path of an event"\nflowchart LR\n  a[Producer] --> b[Broker]\n  b --> c[Consumer]\n```\n';
const chart = '```chart bar title="Events"\nday,events\nMon,3\nTue,5\n```\n';
const notes = "A claim.[^1]\n\n[^1]: Its source.\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n::: note\nMind this.\n:::\n";

type FrontMatter = Readonly<Record<string, string>>;

/** By path of the file. */
const texts: Readonly<Record<string, readonly [FrontMatter, string]>> = {
  "2025-12-31-last-night.md": [
    { title: "Zürich at midnight", published: "2025-12-31T23:30", tags: "[kafka, time]" },
    "## Before\n\nThe year ends at midnight.\n\n## After\n\nAnd begins again.\n",
  ],
  "2026-01-01-first-morning.md": [
    { title: "Early morning", published: "2026-01-01T00:15", tags: "[time]", updated: "2026-02-01" },
    "Half an hour later, see [the night](/posts/last-night/).\n",
  ],
  "2026-01-10-code.md": [{ title: "Some code", published: "2026-01-10", tags: "[kafka]" }, `Text.\n\n${code}`],
  "2026-01-11-diagram.md": [{ title: "A diagram", published: "2026-01-11", tags: "[kafka]" }, diagram],
  "2026-01-12-math.md": [{ title: "A formula", published: "2026-01-12" }, "Cost $O(n \\log n)$.\n\n$$\nx^2\n$$\n"],
  "2026-01-13-chart.md": [{ title: "A chart", published: "2026-01-13", tags: "[flink]" }, chart],
  "2026-01-14-notes.md": [{ title: "Notes", published: "2026-01-14", aliases: "[/old/notes/]" }, notes],
  "2026-02-01-steps-1.md": [
    { title: "First step", published: "2026-02-01", series: "Steps", part: "1", tags: "[flink]" },
    "The first of two.\n",
  ],
  "2026-02-02-steps-2.md": [
    { title: "Second step", published: "2026-02-02", series: "Steps", part: "2", tags: "[flink]" },
    "The second of two.\n",
  ],
  "2026-02-10-deutsch.md": [{ title: '"Über Äpfel"', published: "2026-02-10", language: "de" }, 'Er sagt "ja".\n'],
  "2026-02-11-draft.md": [{ title: "Not yet", published: "2026-02-11", draft: "true", tags: "[kafka]" }, "Soon.\n"],
  "2026-02-12-bay/index.md": [
    { title: "A bay", published: "2026-02-12", tags: "[pictures]" },
    "![A bay](bay.jpg)\n\n![A map](map.svg)\n",
  ],
};

/** Posts and data in a folder of their own. The caller removes it. */
export async function smallSite(): Promise<string> {
  const folder = await contentFolder();
  await mkdir(path.join(folder, "posts/2026-02-12-bay"), { recursive: true });
  for (const [name, [front, body]] of Object.entries(texts))
    await writeFile(path.join(folder, "posts", name), post(front, body));
  await writeFile(path.join(folder, "posts/2026-02-12-bay/bay.jpg"), await jpeg({ width: 500, height: 300 }));
  await writeFile(path.join(folder, "posts/2026-02-12-bay/map.svg"), svg('viewBox="0 0 90 60"'));
  return folder;
}

/** Writes a post of the small site anew, with other front matter or another text. */
export async function editPost(folder: string, name: string, front: FrontMatter, text?: string): Promise<string> {
  const [before, body] = texts[name] ?? [{}, ""];
  await writeFile(path.join(folder, "posts", name), post({ ...before, ...front }, text ?? body));
  return `posts/${name}`;
}

/** Digests of all files below a folder, by their paths. */
export async function digests(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = [...(await builtFiles(folder))].sort().map(async (file) => {
    const digest = createHash("sha256").update(await readFile(path.join(folder, file)));
    return [file, digest.digest("hex")] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
