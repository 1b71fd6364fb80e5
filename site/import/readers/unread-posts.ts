/** Posts that are no Markdown: they are named, so that nobody thinks that they came along. */
import { open } from "node:fs/promises";
import path from "node:path";
import type { ContentProblem } from "../../content/problem.ts";
import { sourceOf } from "../../content/source.ts";
import { decodeText } from "../encoding.ts";
import { readFrontMatter } from "../front-matter.ts";
import type { Place } from "../source-post.ts";
import { filesBelow, otherFormats, posix } from "./project-files.ts";

const longest = 16_384;

/** What has front matter and a date. */
export async function unreadPosts(place: Place, source: string): Promise<readonly ContentProblem[]> {
  const files = await filesBelow(source, otherFormats);
  const problems = files.map(async (file) => {
    const text = decodeText(await beginningOf(file)).text;
    const front = readFrontMatter(text);
    const isDated = /(?:^|[\\/])\d{4}-\d\d-\d\d-[^\\/]+$/.test(file) || front.take("date");
    const label = path.posix.join(posix(place.label), posix(path.relative(source, file)));
    return front.format !== "none" && isDated ? [sourceOf(label, text).problemAt(0, unread)] : [];
  });
  return (await Promise.all(problems)).flat();
}

/** As far as front matter goes: an old project may hold thousands of large pages. */
async function beginningOf(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: new Uint8Array(longest), position: 0 });
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

const unread = {
  code: "format",
  severity: "warning",
  problem: "the post is no Markdown, and was not read",
  hint: "bring it over by hand",
} as const;
