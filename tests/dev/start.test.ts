/** `npm start` as the author meets it: edits, mistakes, taken ports, second starts, sudden ends. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { post } from "../site/site-in-a-folder.ts";
import { copyOfTheProject } from "./project.ts";
import { freePort, runStart, type Started, temporaryFolder } from "./run-start.ts";

let project: string;
/** The data folder of a first start, copied for every test: making a database takes seconds. */
let firstData: string;

beforeAll(async () => {
  project = await copyOfTheProject();
  firstData = path.join(project, ".data");
  const first = await runStart({ dataDirectory: firstData, folder: project });
  first.process.kill("SIGTERM");
  expect(await first.exit, first.output()).toBe(0);
});

afterAll(() => rm(project, { recursive: true, force: true }));

async function started(options: { readonly port?: number; readonly dataDirectory?: string } = {}): Promise<Started> {
  const data = await temporaryFolder();
  if (!options.dataDirectory) await cp(firstData, data.path, { recursive: true });
  const run = await runStart({ dataDirectory: data.path, folder: project, ...options });
  onTestFinished(async () => {
    run.process.kill("SIGKILL");
    await run.exit;
    await data.remove();
  });
  return run;
}

async function text(url: string): Promise<string> {
  return (await fetch(url)).text();
}

const waiting = { timeout: 20_000, interval: 100 };

test("follows an edit of a post, shows a mistake and keeps the last good site, and comes back when it is mended", async () => {
  const { url, output } = await started();
  expect(output()).toContain("Mailbox");
  const file = path.join(project, "posts/2026-01-01-edited.md");
  onTestFinished(() => rm(file, { force: true }));
  await writeFile(file, post({ title: "First words" }));
  await expect.poll(() => text(`${url}/posts/edited/`), waiting).toContain("First words");
  await writeFile(file, post({ title: "First words", titel: "x" }));
  await expect
    .poll(output, waiting)
    .toContain('posts/2026-01-01-edited.md:5:1 error unknown key "titel"; did you mean "title"?');
  // The same report lies over the last good page.
  await expect.poll(() => text(`${url}/posts/edited/`), waiting).toContain("unknown key &quot;titel&quot;");
  expect(await text(`${url}/posts/edited/`)).toContain("First words");
  await writeFile(file, post({ title: "Other words" }));
  await expect.poll(() => text(`${url}/posts/edited/`), waiting).toContain("Other words");
  await expect.poll(() => text(`${url}/posts/edited/`), waiting).not.toContain("titel");
  await expect.poll(() => text(`${url}/api/views`), waiting).toContain('"edited":0');
});

test("shows an edit on the post's own page, in lists, and a little later in feeds and the search", async () => {
  const { url, output } = await started();
  const file = path.join(project, "posts/2026-01-02-live.md");
  onTestFinished(() => rm(file, { force: true }));
  await writeFile(file, post({ title: "Before" }, "The first text.\n"));
  await expect.poll(() => text(`${url}/feed.xml`), waiting).toContain("The first text.");
  await writeFile(file, post({ title: "Before" }, "Another zymurgy.\n"));
  await expect.poll(() => text(`${url}/posts/live/`), waiting).toContain("Another zymurgy.");
  await expect.poll(() => text(`${url}/feed.xml`), waiting).toContain("Another zymurgy.");
  await writeFile(file, post({ title: "Afterwards" }, "Another zymurgy, with a [link](/posts/no-such-post/).\n"));
  await expect.poll(output, waiting).toContain("no-such-post");
  await expect.poll(() => text(`${url}/`), waiting).toContain("no-such-post");
  await writeFile(file, post({ title: "Afterwards", tags: "[zymurgy]" }, "Another zymurgy.\n"));
  await expect.poll(() => text(`${url}/posts/`), waiting).toContain("Afterwards");
  await expect.poll(() => text(`${url}/tags/zymurgy/`), waiting).toContain("Afterwards");
  await expect.poll(() => text(`${url}/tags/zymurgy/feed.xml`), waiting).toContain("Afterwards");
  expect(await text(`${url}/`)).not.toContain("no-such-post");
});

/** Of the project, and back to what it was, if it was, when the test is over. */
async function change(file: string, edit: (text: string) => string): Promise<void> {
  const whole = path.join(project, file);
  const before = await readFile(whole, "utf8").catch(() => undefined);
  onTestFinished(() => (before === undefined ? rm(whole) : writeFile(whole, before)));
  await writeFile(whole, edit(before ?? ""));
}

test("runs background functions as the platform does, and mails a post as it was saved last, from its own address whatever SITE_URL says", async () => {
  await change(".env", () => "SITE_URL=https://elsewhere.example\n");
  // Or the sweep would come only at the next full minute.
  await change("netlify.toml", (text) => text.replace('schedule = "* * * * *"', 'schedule = "* * * * * *"'));
  const data = await temporaryFolder();
  onTestFinished(data.remove);
  await cp(firstData, data.path, { recursive: true });
  const { url, output } = await started({ dataDirectory: data.path });
  const stranger = await fetch(`${url}/.netlify/functions/newsletter-background`, { method: "POST", body: "{}" });
  expect(stranger.status).toBe(202);
  await expect.poll(output, waiting).toContain("not signed by us");
  expect((await fetch(`${url}/.netlify/functions/sweep`, { method: "POST" })).status).not.toBe(200);

  const mails = () => text(`${url}/__mail/messages.json`);
  const send = (address: string, fields: Readonly<Record<string, string>>) =>
    fetch(`${url}${address}`, { method: "POST", body: new URLSearchParams(fields) });
  await send("/api/subscribe", { email: "ann@reader.example" });
  const link = new RegExp(`${url}/newsletter/confirm\\?token=([\\w.-]+)`);
  await expect.poll(mails, waiting).toMatch(link);
  const [, token = ""] = link.exec(await mails()) ?? [];
  expect((await send("/newsletter/confirm", { token })).status).toBe(200);

  async function newsletter(...args: string[]): Promise<string> {
    const command = [path.join(project, "scripts/newsletter.ts"), ...args];
    const env = { ...process.env, DATA_DIR: data.path };
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: project, env });
    return stdout;
  }
  const file = path.join(project, "posts/2026-01-01-mailed.md");
  onTestFinished(() => rm(file, { force: true }));
  await writeFile(file, post({ title: "About mail" }, "The first text.\n"));
  await expect.poll(() => newsletter("status"), waiting).toContain("About mail");
  await writeFile(file, post({ title: "About mail" }, "The last text.\n"));
  // Its mail is made a little later than its page.
  await expect.poll(output, waiting).toContain("everything else");
  await newsletter("approve", "/posts/mailed/");
  await expect.poll(mails, waiting).toMatch(/The last text\..*\/newsletter\/unsubscribe\?token=/);
}, 60_000);

test("follows an edit of code at any depth of imports, and loads functions anew for it and for what they know of the site, but for no text of a post", async () => {
  // So that each load has something to say, once.
  await change(".env", () => "TOKEN_KEYS=nonsense\n");
  const file = path.join(project, "posts/2026-01-01-edited.md");
  onTestFinished(() => rm(file, { force: true }));
  await writeFile(file, post({ title: "A title", tags: "[kafka]" }, "The first text.\n"));
  const { url, output } = await started();
  const loads = async () => {
    expect((await fetch(`${url}/api/health`)).status).toBe(503);
    return output().split("configuration refused").length - 1;
  };
  const edit = async (tags: string, words: string) => {
    const caughtUp = () => output().split("everything else").length;
    const before = caughtUp();
    await writeFile(file, post({ title: "A title", tags }, `${words}\n`));
    await expect.poll(caughtUp, waiting).toBe(before + 1);
  };
  const before = await loads();
  await edit("[kafka]", "The second text.");
  expect(await loads()).toBe(before);
  await edit("[kafka, brand-new]", "The third text.");
  expect(await loads()).toBe(before + 1);
  await change("site/content/dates.ts", (code) => code.replace('"d LLLL yyyy"', '"d LLLL yyyy GG"'));
  await expect
    .poll(() => text(`${url}/posts/exactly-once-in-production/`), waiting)
    .toMatch(/2026 Anno Domini|2026 AD/);
  await expect.poll(loads, waiting).toBe(before + 2);
});

test("starts with a broken post, says what is wrong, and shows the site once it is mended", async () => {
  const file = path.join(project, "posts/2026-01-02-broken.md");
  onTestFinished(() => rm(file, { force: true }));
  await writeFile(file, "no front matter\n");
  const { url, output } = await started();
  expect(output()).toContain("posts/2026-01-02-broken.md:1:1 error");
  const report = await fetch(url);
  expect(report.status).toBe(500);
  expect(await report.text()).toContain("posts/2026-01-02-broken.md:1:1 error");
  await rm(file);
  await expect.poll(async () => (await fetch(url)).status, waiting).toBe(200);
});

test("says which port is taken and how to take another, and ends", async () => {
  const port = await freePort();
  const other = createServer().listen(port, "127.0.0.1");
  await once(other, "listening");
  onTestFinished(() => void other.close());
  const run = await started({ port });
  expect(await run.exit).toBe(1);
  expect(run.output()).toContain(`Port ${port} is taken`);
  expect(run.output()).not.toContain("    at ");
});

test("refuses a second start on the same data folder, and leaves the first one alone", async () => {
  const shared = await temporaryFolder();
  onTestFinished(shared.remove);
  const one = await started({ dataDirectory: shared.path });
  const two = await started({ dataDirectory: shared.path });
  expect(await two.exit).toBe(1);
  expect(two.output()).toContain(`in use by another npm start (process ${one.process.pid})`);
  expect((await fetch(`${one.url}/api/health`)).status).toBe(200);
});

test("loses no accepted message when it is killed, and delivers it after the next start", async () => {
  const data = await temporaryFolder();
  onTestFinished(data.remove);
  const first = await started({ dataDirectory: data.path });
  const body = new URLSearchParams({ name: "Ada", email: "ada@example.org", message: "Survives the plug." });
  const answer = await fetch(`${first.url}/api/contact`, {
    method: "POST",
    body,
    redirect: "manual",
    headers: { origin: first.url },
  });
  expect(answer.status).toBe(303);
  first.process.kill("SIGKILL");
  await first.exit;
  const second = await started({ dataDirectory: data.path });
  const mailbox = `${second.url}/__mail/messages.json`;
  await expect.poll(() => text(mailbox), { timeout: 90_000, interval: 500 }).toContain("Survives the plug.");
}, 120_000);

test("leaves no process behind when npm is stopped", async () => {
  const data = await temporaryFolder();
  onTestFinished(data.remove);
  const port = await freePort();
  const npm = spawn("npm", ["start"], {
    cwd: project,
    env: { ...process.env, PORT: String(port), DATA_DIR: data.path },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let output = "";
  npm.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    output += chunk;
  });
  await expect.poll(() => output, { timeout: 60_000, interval: 100 }).toContain("Ctrl-C");
  npm.kill("SIGKILL");
  const portIsFree = async () => {
    const probe = createServer();
    try {
      probe.listen(port, "127.0.0.1");
      await once(probe, "listening");
      return true;
    } catch {
      return false;
    } finally {
      probe.close();
    }
  };
  await expect.poll(portIsFree, waiting).toBe(true);
});
