/** Does to every kind of mail what scanners of mail do: opens all that it links, in a browser that runs scripts, and stays there. */
import { setTimeout as wait } from "node:timers/promises";
import { parse } from "node-html-parser";
import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";
import { mailServices } from "../../../functions/lib/mail-services.ts";
import { newsletterPosts } from "../../../functions/lib/newsletter/posts.ts";
import { publish } from "../../../functions/lib/newsletter/publish.ts";
import { sendDue } from "../../../functions/lib/newsletter/send.ts";
import { site } from "../../../functions/lib/site-manifest.ts";
import preferences from "../../../functions/preferences.ts";
import { everything, sql } from "./database.ts";
import { type DoorHost, openDoorHost } from "./door-host.ts";
import { form, send } from "./doors.ts";
import { setEnvironment, siteUrl } from "./environment.ts";
import type { Delivery, Mailbox } from "./mailbox.ts";
import { confirmed, signUp } from "./newsletter.ts";

export interface Scanned {
  readonly mails: number;
  /** Opened in the browser. */
  readonly links: number;
  /** GET, HEAD and OPTIONS of what those pages link in turn. */
  readonly followed: number;
  readonly seconds: number;
  readonly rowsChanged: number;
}

/** A confirm mail, one to a new address, and an issue. Each is looked at for so long. */
export async function scanMails(mailbox: Mailbox, browser: Browser, staySeconds: number): Promise<Scanned> {
  const host = await openDoorHost();
  const sum = { mails: 0, links: 0, followed: 0, seconds: 0, rowsChanged: 0 };
  try {
    for (const receive of [confirmMail, addressMail, issueMail]) {
      const mail = await receive(mailbox, host);
      const before = await everything();
      const { links, followed } = await scan(mail, { host, browser, staySeconds });
      sum.mails += 1;
      sum.links += links;
      sum.followed += followed;
      sum.seconds += staySeconds;
      sum.rowsChanged += Number((await everything()) !== before);
    }
    return sum;
  } finally {
    await host.close();
  }
}

async function confirmMail(mailbox: Mailbox): Promise<Delivery> {
  await signUp("ann@reader.example");
  return last(mailbox);
}

async function addressMail(mailbox: Mailbox): Promise<Delivery> {
  const token = await confirmed(mailbox, "bea@reader.example");
  await send(preferences, "/newsletter/preferences", form({ token, action: "address", email: "new@reader.example" }));
  return last(mailbox);
}

/** Of the newest article of the site, to the subscriber of before. */
async function issueMail(mailbox: Mailbox, host: DoorHost): Promise<Delivery> {
  await setEnvironment({ SMTP_URL: mailbox.url, SITE_URL: host.url, SEND_EPOCH: "scanned" });
  await sql`INSERT INTO site_state (send_epoch, baseline_at, sender_lease_until) VALUES ('scanned', now(), now() + interval '1 day')`;
  const services = { ...mailServices(), site: { ...site, site: { ...site.site, newsletterCoolingMinutes: 0 } } };
  const [newest] = newsletterPosts.filter(({ mail }) => mail);
  await publish(services, newest ? [{ ...newest, published: new Date().toISOString() }] : []);
  const now = performance.now();
  expect(await sendDue(services, { claimUntil: now + 60_000, endBy: now + 60_000 })).toMatchObject({ sent: 1 });
  return last(mailbox);
}

function last({ deliveries }: Mailbox): Delivery {
  const mail = deliveries.at(-1);
  if (!mail) throw new Error("no mail");
  return mail;
}

interface Scanner {
  readonly host: DoorHost;
  readonly browser: Browser;
  readonly staySeconds: number;
}

/** All tabs at once, each of them by itself as it would be in a scanner. */
async function scan({ mail, raw }: Delivery, { host, browser, staySeconds }: Scanner) {
  const inText = mail.text?.match(/https?:\/\/[^\s>)]+/g) ?? [];
  const inHtml = parse(mail.html || "").querySelectorAll("[href], [src]");
  const inHeader = /^List-Unsubscribe: <([^>]+)>/im.exec(raw.replace(/\r\n\s+/g, ""))?.[1];
  const named = inHtml.map((each) => each.getAttribute("href") ?? each.getAttribute("src"));
  const links = ownAddresses([...inText, ...named, inHeader], host);
  expect(links.length).toBeGreaterThan(0);
  const context = await browser.newContext();
  try {
    const pages = await Promise.all(links.map(() => context.newPage()));
    await Promise.all(pages.map((page, at) => page.goto(links[at] ?? "").catch(ofFiles)));
    expect(host.asked).toEqual(expect.arrayContaining(links.map((link) => `GET ${new URL(link).pathname}`)));
    await wait(staySeconds * 1000);
    const further = ownAddresses((await Promise.all(pages.map(linksIn))).flat(), host);
    const methods = ["GET", "HEAD", "OPTIONS"];
    for (const address of further) for (const method of methods) await (await fetch(address, { method })).text();
    return { links: links.length, followed: further.length * methods.length };
  } finally {
    await context.close();
  }
}

/** A browser that is led to a file takes it and stays where it is. */
function ofFiles(error: Error): void {
  if (!/Download is starting|ERR_ABORTED/.test(error.message)) throw error;
}

function linksIn(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("[href], [action]")].map((each) =>
      String(Reflect.get(each, "href") ?? Reflect.get(each, "action")),
    ),
  );
}

/** Each once, at the host: mails name the site by the address where it is published. */
function ownAddresses(addresses: readonly (string | null | undefined)[], { url }: DoorHost): readonly string[] {
  const all = addresses.flatMap((address) => (address && URL.canParse(address) ? [new URL(address)] : []));
  const own = all.filter(({ origin }) => origin === siteUrl || origin === url);
  return [...new Set(own.map(({ pathname, search }) => url + pathname + search))];
}
