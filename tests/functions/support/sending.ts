/** What a test of the newsletter begins with: subscribers, a site that gives the mails of its posts, and a relay. */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Context } from "@netlify/functions";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import type { MailServices } from "../../../functions/lib/mail-services.ts";
import { mailServices } from "../../../functions/lib/mail-services.ts";
import { type PublishReport, publish } from "../../../functions/lib/newsletter/publish.ts";
import { type SendReport, sendDue } from "../../../functions/lib/newsletter/send.ts";
import { closeServices } from "../../../functions/lib/services.ts";
import { site } from "../../../functions/lib/site-manifest.ts";
import newsletterBackground from "../../../functions/newsletter-background.ts";
import type { ArticleMail } from "../../../site/publish/article-mail.ts";
import type { NewsletterPost } from "../../../site/publish/newsletter-posts.ts";
import { type Behaviour, openRelay, type ProgrammableRelay } from "./broken-relay.ts";
import { emptyDatabase, sql } from "./database.ts";
import { setEnvironment } from "./environment.ts";

export const epoch = "epoch-1";
export const keyHeader = "Test-Idempotency-Key";

export interface Newsletter {
  /** The relay of the present test. */
  relay: ProgrammableRelay;
  /** Origin of the site that has the mails. */
  siteUrl: string;
  /** What the site gives, by path. */
  readonly files: Map<string, string>;
  /** Calls of the background function that are on their way; each ends by itself. */
  readonly background: Promise<unknown>[];
}

/** In each test: an empty database with an epoch and a baseline, and a relay that takes everything. */
export function openNewsletter(): Newsletter {
  const files = new Map<string, string>();
  const opened = { files, background: [] as Promise<unknown>[] } as unknown as Newsletter;
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? "");
    if (request.method === "GET") return void response.writeHead(file ? 200 : 404).end(file);
    const pieces: Buffer[] = [];
    request
      .on("data", (piece: Buffer) => pieces.push(piece))
      .on("end", () => {
        const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]);
        const call = new Request(`http://site.example${request.url}`, {
          method: "POST",
          headers,
          body: Buffer.concat(pieces),
        });
        opened.background.push(newsletterBackground(call, { requestId: "background" } as Context));
        response.writeHead(202).end();
      });
  });
  beforeAll(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    opened.siteUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(async () => {
    await emptyDatabase();
    await useRelay(opened);
    await beginNewsletter();
  });
  afterAll(async () => {
    await Promise.all(opened.background);
    await closeServices();
    await opened.relay.close();
    server.close();
  });
  return opened;
}

/** In an empty database: an epoch, and a baseline of no posts. */
export async function beginNewsletter(): Promise<void> {
  await sql`INSERT INTO site_state (send_epoch, baseline_at) VALUES (${epoch}, now())`;
}

/** Another relay, and other terms, from now on. */
export async function useRelay(
  opened: Newsletter,
  { behave, environment = {} }: { behave?: Behaviour; environment?: Readonly<Record<string, string>> } = {},
): Promise<void> {
  await Promise.all(opened.background.splice(0));
  await opened.relay?.close();
  opened.relay = await openRelay(behave, keyHeader);
  await setEnvironment({
    SMTP_URL: opened.relay.url,
    SITE_URL: opened.siteUrl,
    SEND_EPOCH: epoch,
    MAIL_PER_SECOND: "10000",
    ...environment,
  });
}

export const withKey = { MAIL_IDEMPOTENCY_HEADER: keyHeader };

/** Confirmed, `reader-1@reader.example` and so on. */
export async function subscribe(
  count: number,
  wishes: { rhythm?: string; topics?: readonly string[] } = {},
): Promise<void> {
  const { rhythm = "each", topics = [] } = wishes;
  await sql`
    INSERT INTO subscriber (email, email_norm, status, confirmed_at, rhythm, topics)
    SELECT concat('reader-', n, '@reader.example'), concat('reader-', n, '@reader.example'), 'confirmed', now(), ${rhythm},
      ARRAY(SELECT jsonb_array_elements_text(${JSON.stringify(topics)}::text::jsonb))
    FROM generate_series((SELECT count(*) FROM subscriber) + 1, (SELECT count(*) FROM subscriber) + ${count}::int) AS n`;
}

/** A post of the manifest, with its mail on the site. */
export function post(
  { files }: Newsletter,
  slug: string,
  changes: Partial<NewsletterPost & Pick<ArticleMail, "tags" | "html">> = {},
): NewsletterPost {
  const { tags = ["databases"], html, ...rest } = changes;
  const post = {
    slug,
    key: `/posts/${slug}/`,
    description: `What is to be said of ${slug}.`,
    tags,
    url: `/posts/${slug}/`,
    title: `About ${slug}`,
    published: new Date().toISOString(),
    ...rest,
  };
  const mail: ArticleMail = {
    key: post.key,
    url: `https://exactly-once.example${post.url}`,
    title: post.title,
    description: post.description,
    published: post.published,
    tags,
    language: "en",
    subject: post.title,
    preview: "In short.",
    html:
      html ??
      `<!doctype html><p>Über ${slug}: <a href="{{unsubscribe}}">leave</a>, <a href="{{preferences}}">change</a></p>`,
    text: `Über ${slug}.\n.\n..dots\nLeave: {{unsubscribe}}\nChange: {{preferences}}\n`,
  };
  const content = JSON.stringify(mail);
  const path = `/newsletter/mail/${slug}.${createHash("sha256").update(content).digest("hex").slice(0, 16)}.json`;
  files.set(path, content);
  return { ...post, mail: path };
}

export interface Deploy extends MailServices {
  readonly posts: readonly NewsletterPost[];
}

/** The services of a deploy that has these posts. */
export function deployOf(posts: readonly NewsletterPost[], changes: Partial<typeof site.site> = {}): Deploy {
  const shared = { ...site.site, newsletterCoolingMinutes: 0, ...changes };
  return { ...mailServices(), site: { ...site, site: shared }, posts };
}

/** The newsletter's step of a sweep, and whatever it has started. */
export async function publishNow({ background }: Newsletter, deploy: Deploy): Promise<PublishReport> {
  const report = await publish(deploy, deploy.posts);
  await Promise.all(background.splice(0));
  return report;
}

/** Makes an issue of a post and arms it, by the sweep's own steps. Its sender is started by nobody. */
export async function armIssue(opened: Newsletter, slug = "kafka", html?: string): Promise<Deploy> {
  const services = deployOf([post(opened, slug, html === undefined ? {} : { html })]);
  // Nothing is due for a sender that may not begin.
  await sql`UPDATE site_state SET sender_lease_until = now() + interval '1 day'`;
  await publishNow(opened, services);
  return services;
}

/** One run of the sender, in this process. */
export function sendNow(services: MailServices = deployOf([]), forMs = 60_000): Promise<SendReport> {
  const now = performance.now();
  return sendDue(services, { claimUntil: now + forMs, endBy: now + forMs });
}

/** How many mails of all issues are in each state. Says so when an issue's mails do not add up. */
export async function countStates(): Promise<Readonly<Record<string, number>>> {
  const rows = await sql<{ state: string; n: number }[]>`SELECT state, count(*)::int AS n FROM delivery GROUP BY 1`;
  const issues = await sql`
    SELECT key FROM issue WHERE prepared IS DISTINCT FROM
      CASE WHEN armed_at IS NOT NULL THEN (SELECT count(*) FROM delivery WHERE issue_id = issue.id) END`;
  expect(issues).toEqual([]);
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

/** As if so much time had gone by since the rows were written. */
export async function letTimePass(interval: string): Promise<void> {
  await sql`
    UPDATE delivery SET next_at = next_at - ${interval}::text::interval, lease_until = lease_until - ${interval}::text::interval,
      unsure_since = unsure_since - ${interval}::text::interval, trying_since = trying_since - ${interval}::text::interval,
      settled_at = settled_at - ${interval}::text::interval`;
  await sql`
    UPDATE issue SET seen_at = seen_at - ${interval}::text::interval, armed_at = armed_at - ${interval}::text::interval,
      approved_at = approved_at - ${interval}::text::interval, done_at = done_at - ${interval}::text::interval`;
  await sql`UPDATE site_state SET relay_rest_until = relay_rest_until - ${interval}::text::interval`;
}

/** Mails by recipient: how many each has. */
export function received({ relay }: Newsletter): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const recipient of relay.recipients.toSorted()) counts.set(recipient, (counts.get(recipient) ?? 0) + 1);
  return counts;
}
