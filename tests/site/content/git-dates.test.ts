import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readGitDates } from "../../../site/content/git-dates.ts";
import { loadBlog } from "../../../site/content/load.ts";
import { post, siteInAFolder } from "../site-in-a-folder.ts";

const person = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];

function git(folder: string, day: string | undefined, ...args: string[]): string {
  const date = day && `${day}T12:00:00Z`;
  const env = { ...process.env, ...(date && { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }) };
  return execFileSync("git", [...person, ...args], { cwd: folder, env, encoding: "utf8" });
}

/** Two posts; the first one is changed on the third and reformatted on the fifth of May. */
async function history(): Promise<string> {
  const folder = await siteInAFolder({
    "posts/2026-01-01-a.md": post({ published: "2026-01-01" }),
    "posts/2026-01-01-b.md": post({ published: "2026-01-01" }),
  });
  git(folder, undefined, "init", "-q", "-b", "main");
  git(folder, undefined, "add", ".");
  git(folder, "2026-05-01", "commit", "-qm", "first");
  await writeFile(path.join(folder, "posts/2026-01-01-a.md"), post({ published: "2026-01-01" }, "More.\n"));
  git(folder, "2026-05-03", "commit", "-qam", "more");
  await writeFile(path.join(folder, "posts/2026-01-01-a.md"), post({ published: "2026-01-01" }, "More. \n"));
  git(folder, "2026-05-05", "commit", "-qam", "format");
  return folder;
}

const day = (dates: ReadonlyMap<string, Date>, file: string) => dates.get(file)?.toISOString().slice(0, 10);

test("takes the last change of each post from history", async () => {
  const dates = await readGitDates(await history(), "posts");
  expect(day(dates, "posts/2026-01-01-a.md")).toBe("2026-05-05");
  expect(day(dates, "posts/2026-01-01-b.md")).toBe("2026-05-01");
});

test("knows when each data file last changed, in the site's time zone", async () => {
  const folder = await history();
  await writeFile(path.join(folder, "_data/achievements.json"), "[]\n");
  git(folder, "2026-05-07", "commit", "-qam", "achievements");
  const { dataChanges } = await loadBlog(folder);
  expect(dataChanges.get("achievements")?.toISO()).toBe("2026-05-07T12:00:00.000Z");
  expect(dataChanges.get("profile")?.toISODate()).toBe("2026-05-01");
});

test("passes over commits that only changed the format", async () => {
  const folder = await history();
  const format = git(folder, undefined, "rev-parse", "HEAD").trim();
  await writeFile(path.join(folder, ".git-blame-ignore-revs"), `# format\n${format} # whole tree\n`);
  expect(day(await readGitDates(folder, "posts"), "posts/2026-01-01-a.md")).toBe("2026-05-03");
});

test("does not believe a shallow clone", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "firstflight-shallow-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  git(folder, undefined, "clone", "-q", "--depth", "1", `file://${await history()}`, "clone");
  expect(await readGitDates(path.join(folder, "clone"), "posts")).toEqual(new Map());
});

test("falls back to what the author says where there is no history, and never goes before publication", async () => {
  const folder = await siteInAFolder({
    "posts/2026-01-01-a.md": post({ published: "2026-01-01", updated: "2026-02-01" }),
    "posts/2026-01-01-b.md": post({ published: "2026-01-01" }),
  });
  const { posts } = await loadBlog(folder);
  expect(posts.map(({ modified }) => modified.toISODate())).toEqual(["2026-02-01", "2026-01-01"]);
  const early = await history();
  await writeFile(path.join(early, "posts/2026-01-01-b.md"), post({ published: "2026-06-01" }));
  const [latest] = (await loadBlog(early)).posts;
  expect(latest?.modified.toISODate()).toBe("2026-06-01");
});
