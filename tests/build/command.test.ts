/** `npm run build` as a person and a host run it. */
import { spawn } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { copyOfTheProject } from "../dev/project.ts";
import { post } from "../site/site-in-a-folder.ts";

let project: string;
beforeAll(async () => {
  project = await copyOfTheProject();
});
afterAll(() => rm(project, { recursive: true, force: true }));

interface Ran {
  readonly status: number | null;
  readonly output: string;
}

const build = () => run(["scripts/build.ts"]);

async function run(command: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const child = spawn(process.execPath, command, {
    cwd: project,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { status, output };
}

const page = (name: string) => readFile(path.join(project, "_site", name), "utf8");

test("builds the site and the functions, leaves drafts out, and keeps the last good site when a post is broken", async () => {
  await mkdir(path.join(project, "posts"), { recursive: true });
  await writeFile(path.join(project, "posts/2026-01-01-good.md"), post({ title: "Good words" }));
  await writeFile(path.join(project, "posts/2026-01-02-draft.md"), post({ title: "Secret draft", draft: "true" }));
  const good = await build();
  expect(good.output).toMatch(/^\d+ posts, \d+ pages, \d+ functions in \d+\.\d s\nfiles /);
  expect(good.status).toBe(0);
  expect(await page("posts/good/index.html")).toContain("Good words");
  for (const name of ["index.html", "posts/index.html", "feed.xml", "sitemap.xml"])
    expect.soft(await page(name)).not.toMatch(/Secret draft|posts\/draft/);

  await writeFile(
    path.join(project, "posts/2026-01-01-good.md"),
    post({ title: "Broken words", published: "2026-02-30" }),
  );
  const broken = await build();
  expect(broken.status).toBe(1);
  expect(broken.output).toContain('posts/2026-01-01-good.md:4:12 error "published" is no date that exists: 2026-02-30');
  expect(broken.output).not.toMatch(/^\s+at /m);
  expect(await page("posts/good/index.html")).toContain("Good words");
});

/** Asks a bundled door as the platform does, and prints what it says. */
const ask = `
  const { default: door } = await import(process.cwd() + "/_functions/preview.mjs");
  const response = await door(new Request(process.env.ADDRESS), { ip: "203.0.113.7" });
  console.log(response.status, await response.text());`;

test("gives a link that shows a draft with its pictures on the deployed site", async () => {
  await writeFile(path.join(project, "posts/2026-01-01-good.md"), post({ title: "Good words" }));
  const folder = path.join(project, "posts/2026-01-03-shown");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "a.svg"), "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>");
  const body = "Some words for a reviewer.\n\n![A dot](a.svg)\n";
  await writeFile(path.join(folder, "index.md"), post({ title: "Shown draft", draft: "true" }, body));
  onTestFinished(() => rm(folder, { recursive: true }));
  expect((await build()).status).toBe(0);
  const environment = {
    TOKEN_KEYS: `t1:${Buffer.alloc(32, 7).toString("base64url")}`,
    DATABASE_URL: "postgres://nobody@127.0.0.1:1/none",
    SMTP_URL: "smtp://127.0.0.1:1",
    MAIL_FROM: "blog@exactly-once.example",
    CONTACT_TO: "owner@exactly-once.example",
  };
  const made = await run(["scripts/preview-links.ts", "shown", "--days", "3"], environment);
  const [link = ""] = made.output.split("\n");
  expect(link).toMatch(/^https?:\/\/[^/]+\/preview\/[^/]+\/$/);
  expect(made.output).toContain("Shows posts/2026-01-03-shown/index.md as of the last deploy that has it");
  const page = await run(["--input-type=module", "-e", ask], { ...environment, ADDRESS: link });
  expect(page.output).toMatch(/^200 /);
  expect(page.output).toContain("Some words for a reviewer.");
  const [, source] = /<img[^>]* src="([^"]+)"/.exec(page.output) ?? [];
  const picture = await run(["--input-type=module", "-e", ask], {
    ...environment,
    ADDRESS: new URL(source ?? "", link).href,
  });
  expect(picture.output).toMatch(/^200 <svg/);
  const typo = await run(["scripts/preview-links.ts", "shwon"], environment);
  expect([typo.status, typo.output]).toEqual([1, 'There is no post "shwon"; did you mean "shown"?\n']);
  const unsigned = await run(["scripts/preview-links.ts", "shown"], { TOKEN_KEYS: "" });
  expect([unsigned.status, unsigned.output]).toEqual([1, expect.stringMatching(/^TOKEN_KEYS is missing: .*\n$/)]);
});

test("leaves the last good site when a template fails, and says where", async () => {
  const file = path.join(project, "_includes/parts/neighbours.ts");
  await writeFile(path.join(project, "posts/2026-01-01-good.md"), post({ title: "Good words" }));
  expect((await build()).status).toBe(0);
  const code = await readFile(file, "utf8");
  onTestFinished(() => writeFile(file, code));
  await writeFile(file, code.replace("const at =", 'throw new Error("this template fails");\n  const at ='));
  const failed = await build();
  expect(failed.status).toBe(1);
  expect(failed.output).toContain("this template fails");
  expect(failed.output).toContain("neighbours.ts");
  expect(await page("posts/good/index.html")).toContain("Good words");
});

test("refuses to lose an address that was published, and redirects it once the new post names it", async () => {
  const old = path.join(project, "posts/2026-01-01-good.md");
  await writeFile(old, post({ title: "Good words" }));
  const ledger = path.join(project, "published-addresses.txt");
  expect((await build()).status).toBe(0);
  expect(await readFile(ledger, "utf8")).toContain("/posts/good/\n");

  await rm(old);
  await writeFile(path.join(project, "posts/2026-01-01-better.md"), post({ title: "Better words" }));
  const lost = await build();
  expect(lost.status).toBe(1);
  expect(lost.output).toMatch(
    /published-addresses\.txt:\d+:1 error the address \/posts\/good\/ was published and would be gone/,
  );
  expect(await page("posts/good/index.html")).toContain("Good words");
  expect(await readFile(ledger, "utf8")).not.toContain("/posts/better/");

  await writeFile(
    path.join(project, "posts/2026-01-01-better.md"),
    post({ title: "Better words", aliases: "[/posts/good/]" }),
  );
  expect((await build()).status).toBe(0);
  expect(await page("_redirects")).toBe("/posts/good/ /posts/better/ 301\n");
  expect(await readFile(ledger, "utf8")).toMatch(/\/posts\/better\/\n[\s\S]*\/posts\/good\/\n/);
});

test("gives every post a twin in Markdown whose links are absolute", async () => {
  await writeFile(
    path.join(project, "posts/2026-01-01-better.md"),
    post({ aliases: "[/posts/good/]" }, "See [all](/posts/) and [below](#x).\n\n## X\n"),
  );
  expect((await build()).status).toBe(0);
  const { url } = JSON.parse(await readFile(path.join(project, "_data/site.json"), "utf8")) as { url: string };
  expect(await page("posts/better.md")).toContain(`See [all](${url}/posts/) and [below](${url}/posts/better/#x).`);
  expect(await page("llms.txt")).toContain(`(${url}/posts/better.md)`);
});
