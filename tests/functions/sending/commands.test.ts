import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { simpleParser } from "mailparser";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  approve,
  hold,
  pauseAll,
  resolve,
  resumeAll,
  status as statusOf,
} from "../../../functions/lib/newsletter/commands.ts";
import { ownerMail } from "../../../functions/lib/newsletter/owner-mail.ts";
import { services } from "../../../functions/lib/services.ts";
import { databaseOfWorker } from "../../setup/database-of-worker.ts";
import { root } from "../../setup/site.ts";
import { sql } from "../support/database.ts";
import {
  armIssue,
  countStates,
  deployOf,
  letTimePass,
  openNewsletter,
  post,
  publishNow,
  sendNow,
  subscribe,
  useRelay,
} from "../support/sending.ts";

const opened = openNewsletter();
const key = "/posts/kafka/";
const database = () => services().database;
const status = () => statusOf(database(), { json: false, epoch: "epoch-1" });

/** As a person calls it: what it prints, and its status. */
async function newsletter(args: readonly string[], changes: Readonly<Record<string, string>> = {}) {
  const env = { ...process.env, DATABASE_URL: databaseOfWorker(), NO_COLOR: "1", ...changes };
  const command = promisify(execFile)(process.execPath, [path.join(root, "scripts/newsletter.ts"), ...args], { env });
  return command.then(
    ({ stdout, stderr }) => ({ out: stdout + stderr, status: 0 }),
    ({ stdout, stderr, code }) => ({ out: stdout + stderr, status: code }),
  );
}

/** An issue with a mail that was sent, one that was refused, and one of unknown fate. */
async function threeFates(): Promise<void> {
  await subscribe(3);
  await armIssue(opened);
  await useRelay(opened, {
    behave: ({ stage, recipient }) => {
      if (stage === "RCPT" && recipient.startsWith("reader-2")) return "550 5.1.1 no";
      return stage === "dot" && recipient.startsWith("reader-3") ? "close" : undefined;
    },
  });
  await sendNow();
}

describe("npm run newsletter", () => {
  it("prints the books of each issue and every mail of unknown fate, its address masked", async () => {
    await threeFates();
    const { out } = await newsletter(["status"]);
    expect(out).toContain("The newsletter is on, epoch epoch-1.");
    expect(out).toContain(
      "3 prepared = 0 queued + 0 leased + 0 inflight + 1 sent + 1 failed + 0 skipped + 1 unknown\n",
    );
    expect(out).toContain("/posts/kafka/  r…3@reader.example  since ");
    const json = JSON.parse((await newsletter(["--json"])).out);
    expect(json).toMatchObject({
      newsletter: { sendEpoch: "epoch-1", pausedWhy: null },
      issues: [{ key, state: "sending", prepared: 3, counts: { sent: 1, failed: 1, unknown: 1 }, isBalanced: true }],
      unknown: [{ issue: key, address: "r…3@reader.example" }],
    });
    expect(out + JSON.stringify(json)).not.toContain("reader-3@");
  });

  it("says what is wrong with what was typed, without a trace of its inside", async () => {
    for (const [args, words] of [
      [["burn"], 'There is no command "burn".'],
      [["approve"], "Name the issue by its key."],
      [["--nope"], "npm run newsletter -- approve KEY"],
      [["preview", "no-such-post"], 'There is no post "no-such-post"'],
      [["test", "no-such-post", "--to", "a@b.example"], 'No built site has a mail about "no-such-post".'],
    ] as const) {
      const { out, status } = await newsletter(args);
      expect([status, out]).toEqual([1, expect.stringContaining(words)]);
      expect(out).not.toMatch(/\n\s+at /);
    }
  });

  it("shows the mail of a post of this project as files", async () => {
    const { out } = await newsletter(["preview", "exactly-once-in-production"]);
    const [page = "", text = "", size] = out.trim().split("\n");
    onTestFinished(() => rm(path.dirname(page), { recursive: true, force: true }));
    expect(await readFile(page, "utf8")).toContain('/newsletter/"');
    expect(await readFile(text, "utf8")).toContain("/newsletter/");
    expect(size).toMatch(/^\d+ kB as it is sent\.$/);
  });

  it("sends one mail of a built post to an address", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "firstflight-newsletter-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const { mail = "" } = post(opened, "quiet-nights");
    await mkdir(path.join(folder, "site/newsletter/mail"), { recursive: true });
    await writeFile(path.join(folder, "site", mail), opened.files.get(mail) ?? "");
    const sent = await newsletter(["test", "quiet-nights", "--to", "me@owner.example"], { DATA_DIR: folder });
    expect(sent).toEqual({ out: "Sent to me@owner.example.\n", status: 0 });
    const [raw = ""] = opened.relay.taken;
    expect([opened.relay.recipients, (await simpleParser(raw)).subject]).toEqual([
      ["me@owner.example"],
      "[Test] About quiet-nights",
    ]);
  });
});

describe("what the owner decides", () => {
  it("approves what is held, and holds what is not sent yet", async () => {
    await subscribe(1);
    const posts = [post(opened, "kafka"), post(opened, "flink")];
    await publishNow(opened, deployOf(posts));
    expect(await status()).toContain("/posts/flink/  held: it came with other new posts  About flink");
    expect(await approve(database(), key)).toContain("is sent with the next sweep");
    await hold(database(), key);
    await publishNow(opened, deployOf(posts));
    expect([await countStates(), await status()]).toEqual([{}, expect.stringContaining("/posts/kafka/  held by you")]);
    await approve(database(), key);
    await publishNow(opened, deployOf(posts));
    expect(await countStates()).toEqual({ sent: 1 });
    await expect(hold(database(), key)).rejects.toThrow(`${key} cannot be held`);
    await expect(approve(database(), "/posts/nothing/")).rejects.toThrow('There is no issue "/posts/nothing/"');
  });

  it("settles what is unknown, as sent or to be sent again, and only then is the issue done", async () => {
    await threeFates();
    const services = deployOf([post(opened, "kafka")]);
    await expect(resolve(database(), { key, sent: false, resend: false })).rejects.toThrow("r…3@reader.example");
    expect(await publishNow(opened, services)).toMatchObject({ done: 0 });
    expect(await resolve(database(), { key, sent: false, resend: true })).toBe(
      "1 mail will be sent again with the next sweep.",
    );
    expect(await countStates()).toEqual({ sent: 1, failed: 1, queued: 1 });
    await sql`UPDATE delivery SET state = 'unknown', unsure_since = now() WHERE state = 'queued'`;
    expect(await resolve(database(), { key, sent: true, resend: false })).toBe("1 mail counted as sent.");
    expect(await publishNow(opened, services)).toMatchObject({ done: 1 });
    expect(await resolve(database(), { key, sent: false, resend: false })).toBe(`${key} has no mail of unknown fate.`);
  });

  it("pauses between two mails, however often, and mails nobody twice", async () => {
    await subscribe(60);
    await armIssue(opened);
    let isSending = true;
    await useRelay(opened);
    const switching = (async () => {
      for (let n = 0; n < 50 && isSending; n += 1) {
        await pauseAll(database());
        await resumeAll(database());
      }
    })();
    while (((await countStates())["queued"] ?? 0) > 0) await sendNow();
    isSending = false;
    await switching;
    await pauseAll(database());
    await sendNow();
    expect([await countStates(), opened.relay.taken.length]).toEqual([{ sent: 60 }, 60]);
  });

  it("goes on after a long sleep once told to", async () => {
    await subscribe(1);
    await sql`UPDATE site_state SET alive_at = now() - interval '7 hours'`;
    const services = deployOf([post(opened, "kafka")]);
    await publishNow(opened, services);
    expect(await status()).toContain("this database had not been swept for hours, as happens to a restored backup");
    await resumeAll(database());
    await publishNow(opened, services);
    expect(await status()).toContain("held: it may have been sent while this database slept");
    await approve(database(), key);
    await publishNow(opened, services);
    expect(await countStates()).toEqual({ sent: 1 });
  });
});

describe("the books", () => {
  it("tell the owner once, after a quarter of an hour without progress", async () => {
    await threeFates();
    const services = deployOf([post(opened, "kafka")]);
    await publishNow(opened, services);
    expect(await sql`SELECT 1 FROM outbox`).toHaveLength(0);
    await letTimePass("16 minutes");
    for (let n = 0; n < 3; n += 1) await publishNow(opened, services);
    expect(await sql`SELECT kind FROM outbox`).toEqual([{ kind: "newsletter" }]);
    const { text, subject } = await ownerMail(services, "id@exactly-once.example");
    expect(subject).toContain("needs you");
    expect(text).toContain("npm run newsletter -- resolve KEY --resend");
    expect(text).not.toContain("reader-3@");
  });

  it("end no issue of which a mail is missing", async () => {
    await subscribe(2);
    await armIssue(opened);
    await sendNow();
    await sql`DELETE FROM delivery WHERE subscriber_id = 2`;
    expect(await publishNow(opened, deployOf([post(opened, "kafka")]))).toMatchObject({ done: 0 });
    expect(await status()).toContain("DOES NOT ADD UP");
  });

  it("keep the numbers of an issue when its deliveries are forgotten", async () => {
    await subscribe(2);
    await armIssue(opened);
    await sendNow();
    await publishNow(opened, deployOf([post(opened, "kafka")]));
    await letTimePass("91 days");
    await publishNow(opened, deployOf([post(opened, "kafka")]));
    expect(await sql`SELECT 1 FROM delivery`).toHaveLength(0);
    expect(await status()).toContain("2 prepared = 0 queued + 0 leased + 0 inflight + 2 sent +");
    expect(await status()).not.toContain("DOES NOT ADD UP");
  });
});
