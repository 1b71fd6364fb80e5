import { simpleParser } from "mailparser";
import { describe, expect, it } from "vitest";
import { resolve, resumeAll } from "../../../functions/lib/newsletter/commands.ts";
import { permissions } from "../../../functions/lib/sweep/deploy.ts";
import { sweep } from "../../../functions/lib/sweep/sweep.ts";
import { sql } from "../support/database.ts";
import {
  countStates,
  type Deploy,
  deployOf,
  letTimePass,
  openNewsletter,
  post,
  publishNow,
  received,
  subscribe,
  useRelay,
} from "../support/sending.ts";

const opened = openNewsletter();
const cooling = { newsletterCoolingMinutes: 15 };

const issues = async () =>
  (await sql`SELECT key, state, why FROM issue ORDER BY key`).map(({ key, state, why }) =>
    [key, state, why].filter(Boolean).join(" "),
  );
const byRecipient = (a: string, b: string) =>
  (/^To: .*/m.exec(a)?.[0] ?? "").localeCompare(/^To: .*/m.exec(b)?.[0] ?? "");
const toOwner = async () => (await sql`SELECT 1 FROM outbox WHERE kind = 'newsletter'`).length;

const sweepNow = (deploy: Deploy) => publishNow(opened, deploy);

describe("a new post", () => {
  it("is mailed once to each confirmed subscriber, by the sweep, the signed call and the sender", async () => {
    await subscribe(3);
    await sql`UPDATE subscriber SET status = 'pending' WHERE id = 2`;
    const services = deployOf([post(opened, "kafka")]);
    expect(await sweepNow(services)).toMatchObject({ state: "on", armed: 1, started: true });
    expect([...received(opened)]).toEqual([
      ["reader-1@reader.example", 1],
      ["reader-3@reader.example", 1],
    ]);
    await sweepNow(services);
    expect(await issues()).toEqual(["/posts/kafka/ done"]);
    expect(opened.relay.taken).toHaveLength(2);
  });

  it("cools down first, and is forgotten when it goes or wants no mail any more meanwhile", async () => {
    await subscribe(1);
    const kafka = post(opened, "kafka");
    await sweepNow(deployOf([kafka], cooling));
    expect(await issues()).toEqual(["/posts/kafka/ seen"]);
    const { mail: _, ...silent } = kafka;
    await letTimePass("16 minutes");
    await sweepNow(deployOf([silent], cooling));
    expect(await issues()).toEqual([]);
    await sweepNow(deployOf([kafka], cooling));
    await letTimePass("14 minutes");
    await sweepNow(deployOf([kafka], cooling));
    expect(opened.relay.taken).toEqual([]);
    await letTimePass("2 minutes");
    await sweepNow(deployOf([kafka], cooling));
    expect(opened.relay.taken).toHaveLength(1);
  });

  it("is mailed as it is when it has cooled down, not as it was", async () => {
    await subscribe(1);
    await sweepNow(deployOf([post(opened, "kafka", { title: "Kafak" })], cooling));
    await letTimePass("16 minutes");
    await sweepNow(deployOf([post(opened, "kafka", { title: "Kafka" })], cooling));
    expect((await simpleParser(opened.relay.taken[0] ?? "")).subject).toBe("Kafka");
  });

  it("waits while its mail is not there, or is another one", async () => {
    await subscribe(1);
    const kafka = post(opened, "kafka");
    const content = opened.files.get(kafka.mail ?? "") ?? "";
    opened.files.delete(kafka.mail ?? "");
    await sweepNow(deployOf([kafka]));
    opened.files.set(kafka.mail ?? "", content.replace("About", "Over"));
    await sweepNow(deployOf([kafka]));
    expect([await issues(), opened.relay.taken]).toEqual([["/posts/kafka/ armed"], []]);
    opened.files.set(kafka.mail ?? "", content);
    await sweepNow(deployOf([kafka]));
    expect(opened.relay.taken).toHaveLength(1);
  });

  it("goes to those whose topics it is about, and whose rhythm is each post", async () => {
    await subscribe(1);
    await subscribe(1, { topics: ["streams", "databases"] });
    await subscribe(1, { topics: ["gardening"] });
    await subscribe(1, { rhythm: "weekly" });
    await subscribe(1, { rhythm: "paused" });
    await sweepNow(deployOf([post(opened, "kafka")]));
    expect([...received(opened).keys()]).toEqual(["reader-1@reader.example", "reader-2@reader.example"]);
  });
});

describe("F34: what is not news", () => {
  it("takes the posts that are there at the beginning for known", async () => {
    await sql`DELETE FROM site_state`;
    await subscribe(1);
    const archive = Array.from({ length: 20 }, (_, n) => post(opened, `old-${n}`));
    await sweepNow(deployOf(archive));
    await sweepNow(deployOf(archive));
    expect(await sql`SELECT state, why, count(*)::int AS n FROM issue GROUP BY 1, 2`).toEqual([
      { state: "skipped", why: "baseline", n: 20 },
    ]);
    expect(await countStates()).toEqual({});
    await sweepNow(deployOf([...archive, post(opened, "new")]));
    expect(opened.relay.taken).toHaveLength(1);
  });

  it("mails no post anew that is renamed, dated anew, or built again", async () => {
    await subscribe(1);
    await sweepNow(deployOf([post(opened, "kafka")]));
    const again = [
      post(opened, "kafka", { title: "Another title" }),
      post(opened, "kafka-renamed", { key: "/posts/kafka/" }),
      post(opened, "kafka-renamed", { key: "/posts/kafka" }),
      post(opened, "kafka", { published: "2027-01-01T00:00:00Z" }),
      // An address from before it came to this site, written down later.
      post(opened, "kafka", { key: "/2019/kafka.html" }),
    ];
    for (const each of again) await sweepNow(deployOf([each]));
    expect([await issues(), opened.relay.taken.length]).toEqual([["/posts/kafka/ done"], 1]);
  });

  it("holds 200 posts that come at once, and tells the owner once", async () => {
    await subscribe(1);
    const many = Array.from({ length: 200 }, (_, n) => post(opened, `import-${n}`));
    for (let n = 0; n < 3; n += 1) await sweepNow(deployOf(many));
    expect(await sql`SELECT state, why, count(*)::int AS n FROM issue GROUP BY 1, 2`).toEqual([
      { state: "held", why: "many", n: 200 },
    ]);
    expect([await toOwner(), opened.relay.taken]).toEqual([1, []]);
  });

  it("holds a post that is older than a week", async () => {
    const published = new Date(Date.now() - 8 * 86_400_000).toISOString();
    await sweepNow(deployOf([post(opened, "kafka", { published })]));
    expect([await issues(), await toOwner()]).toEqual([["/posts/kafka/ held old"], 1]);
  });
});

describe("F33: a copy of the data", () => {
  it("sends nothing without an epoch, or with another one", async () => {
    await subscribe(1);
    for (const [SEND_EPOCH, why] of [
      ["", "no epoch"],
      ["epoch-2", "other epoch"],
    ] as const) {
      await useRelay(opened, { environment: { SEND_EPOCH } });
      expect(await sweepNow(deployOf([post(opened, "kafka")]))).toEqual({ state: why });
    }
    expect([await issues(), opened.relay.taken]).toEqual([[], []]);
    expect(await sql`SELECT send_epoch FROM site_state`).toEqual([{ send_epoch: "epoch-1" }]);
  });

  it("adopts the epoch into an empty database", async () => {
    await sql`DELETE FROM site_state`;
    await useRelay(opened, { environment: { SEND_EPOCH: "first" } });
    await sweepNow(deployOf([]));
    expect(await sql`SELECT send_epoch, baseline_at IS NOT NULL AS begun FROM site_state`).toEqual([
      { send_epoch: "first", begun: true },
    ]);
  });

  it("sends nothing from a preview", async () => {
    await subscribe(1);
    const may = permissions({ ...deployOf([]).config, deployContext: "deploy-preview" }, {});
    const deploy = deployOf([post(opened, "kafka")]);
    const report = await sweep(deploy, may, undefined, deploy.posts);
    expect([report.newsletter, await issues()]).toEqual([undefined, []]);
  });

  it("pauses when nobody has swept the database for six hours, tells the owner, and goes on when told to", async () => {
    await subscribe(4);
    await subscribe(1, { rhythm: "weekly" });
    // In the backup one issue is half sent, one cools down, and the week's digest is not made; the site has one more.
    await sweepNow(deployOf([post(opened, "kafka")]));
    await sweepNow(deployOf([post(opened, "kafka"), post(opened, "flink")], cooling));
    await sql`UPDATE delivery SET state = 'queued', settled_at = NULL, unsure_since = NULL WHERE subscriber_id > 2`;
    await sql`UPDATE issue SET state = 'sending', done_at = NULL, armed_at = now() - interval '7 days' WHERE state = 'done'`;
    await useRelay(opened);
    await sql`UPDATE site_state SET alive_at = now() - interval '6 hours 1 minute'`;
    const services = () => deployOf([post(opened, "kafka"), post(opened, "flink"), post(opened, "postgres")]);
    for (let n = 0; n < 2; n += 1) expect(await sweepNow(services())).toEqual({ state: "paused" });
    expect(await toOwner()).toBe(1);
    await resumeAll(services().database);
    for (let n = 0; n < 2; n += 1) await sweepNow(services());
    expect(opened.relay.taken).toEqual([]);
    expect((await issues()).map((line) => line.replace(/\d{4}-W\d\d/, "W"))).toEqual([
      "/posts/flink/ held asleep",
      "/posts/kafka/ sending",
      "/posts/postgres/ held asleep",
      "weekly:W held asleep",
    ]);
    expect(await countStates()).toEqual({ sent: 2, unknown: 2 });
    await resolve(services().database, { key: "/posts/kafka/", sent: false, resend: true });
    await sweepNow(services());
    expect(received(opened).size).toBe(2);
  });
});

describe("a digest", () => {
  /** As if they had been mailed just before the last week, and perhaps the last month, ended. */
  async function mailedLastWeek(topics: Readonly<Record<string, string>>): Promise<void> {
    for (const [slug, topic] of Object.entries(topics))
      await sweepNow(deployOf([post(opened, slug, { tags: [topic] })]));
    await sql`UPDATE issue SET armed_at = date_trunc('week', now() AT TIME ZONE 'UTC' - interval '6 hours') AT TIME ZONE 'UTC'`;
  }

  it("has the week's posts that the subscriber is interested in, once, and is not sent when there are none", async () => {
    await subscribe(1, { rhythm: "weekly" });
    await subscribe(1, { rhythm: "weekly", topics: ["streams"] });
    await subscribe(1, { rhythm: "weekly", topics: ["gardening"] });
    await mailedLastWeek({ kafka: "streams", postgres: "databases" });
    for (let n = 0; n < 3; n += 1) await sweepNow(deployOf([]));
    const mails = await Promise.all(opened.relay.taken.toSorted(byRecipient).map((mail) => simpleParser(mail)));
    expect(mails.map(({ to, subject }) => [to && "text" in to ? to.text : "", subject?.replace(/^.*: /, "")])).toEqual([
      ["reader-1@reader.example", "2 new posts this week"],
      ["reader-2@reader.example", "About kafka"],
    ]);
    expect(mails[0]?.text).toContain("What is to be said of kafka.\nhttps://exactly-once.example/posts/kafka/");
    expect(mails[0]?.html).toContain('<a href="https://exactly-once.example/posts/postgres/">About postgres</a>');
    expect(mails[1]?.html).not.toContain("postgres");
    const [digest] = await sql`SELECT key, state FROM issue WHERE kind = 'weekly'`;
    expect(digest).toEqual({ key: expect.stringMatching(/^weekly:\d{4}-W\d\d$/), state: "done" });
    expect((await countStates())["skipped"]).toBe(1);
  });

  it("is not made when nothing was mailed in the period", async () => {
    await subscribe(1, { rhythm: "monthly" });
    await sweepNow(deployOf([]));
    expect(await issues()).toEqual([]);
  });
});
