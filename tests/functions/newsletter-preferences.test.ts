import { parse } from "node-html-parser";
import { describe, expect, it } from "vitest";
import confirm from "../../functions/confirm.ts";
import { site } from "../../functions/lib/site-manifest.ts";
import preferences from "../../functions/preferences.ts";
import sweep from "../../functions/sweep.ts";
import unsubscribe from "../../functions/unsubscribe.ts";
import { validateHtml } from "../build/valid-html.ts";
import { everything, sql } from "./support/database.ts";
import { browser, form, send } from "./support/doors.ts";
import {
  button,
  confirmed,
  email,
  events,
  later,
  mailedToken,
  openNewsletter,
  press,
  signUp,
  status,
  tokenFor,
} from "./support/newsletter.ts";

const opened = openNewsletter();
const path = "/newsletter/preferences";
const act = (fields: Readonly<Record<string, string>>, topics: readonly string[] = []) => {
  const { body, ...rest } = form(fields);
  const all = new URLSearchParams(body as string);
  for (const topic of topics) all.append("topic", topic);
  return send(preferences, path, { ...rest, body: all.toString() });
};
const wishes = () => sql`SELECT topics, rhythm FROM subscriber`;
const minute = () => send(sweep, "/", { method: "POST" });
const [tag = "", another = ""] = [...new Set(site.posts.flatMap(({ tags }) => tags))].sort();

describe("wishes", () => {
  it("are the blog's tags and a rhythm, kept as they were saved", async () => {
    const token = await confirmed(opened.mailbox);
    expect(await wishes()).toEqual([{ topics: [], rhythm: "each" }]);
    const saved = await act({ token, action: "save", rhythm: "weekly" }, [tag, another]);
    expect(saved.status).toBe(200);
    expect(await wishes()).toEqual([{ topics: [tag, another], rhythm: "weekly" }]);
    const page = parse(await (await send(preferences, `${path}?token=${token}`, {})).text());
    const ticked = page.querySelectorAll("input[checked]").map((input) => input.getAttribute("value"));
    expect(ticked).toEqual(["weekly", tag, another]);
    const offered = page.querySelectorAll('input[name="topic"]').map((input) => input.getAttribute("value"));
    expect(offered).toEqual([...new Set(site.posts.flatMap(({ tags }) => tags))].sort());
    await act({ token, action: "save", rhythm: "paused" });
    expect(await wishes()).toEqual([{ topics: [], rhythm: "paused" }]);
  });

  it("may be of a page that is older than the site: what there is no more is left out", async () => {
    const token = await confirmed(opened.mailbox);
    await act({ token, action: "save", rhythm: "each" }, ["gone", tag, "'; DROP TABLE subscriber; --"]);
    expect(await wishes()).toEqual([{ topics: [tag], rhythm: "each" }]);
  });

  it("keep a topic that was chosen before and has no post any more", async () => {
    const token = await confirmed(opened.mailbox);
    await sql`UPDATE subscriber SET topics = '{rust}'`;
    await act({ token, action: "save", rhythm: "monthly" }, ["rust", tag]);
    expect(await wishes()).toEqual([{ topics: [tag, "rust"].sort(), rhythm: "monthly" }]);
  });

  it("are refused for a rhythm that is none, and changed for nobody who has left", async () => {
    const token = await confirmed(opened.mailbox);
    expect((await act({ token, action: "save", rhythm: "hourly" })).status).toBe(400);
    await send(unsubscribe, "/newsletter/unsubscribe", form({ token: tokenFor("unsubscribe") }));
    const shown = await act({ token, action: "save", rhythm: "weekly" }, [tag]);
    expect(await shown.text()).not.toContain("Saved");
    expect(await wishes()).toEqual([{ topics: [], rhythm: "each" }]);
  });
});

describe("another address", () => {
  const askFor = (token: string, address: string) => act({ token, action: "address", email: address });
  const emails = () => sql`SELECT email, status FROM subscriber ORDER BY id`;

  it("counts once the button in the mail that went there is pressed, and not before", async () => {
    const token = await confirmed(opened.mailbox);
    const asked = await askFor(token, "New.Bea@reader.example");
    expect(asked.status).toBe(200);
    await minute();
    expect(opened.mailbox.deliveries.at(-1)?.envelope.to).toEqual(["New.Bea@reader.example"]);
    const link = mailedToken(opened.mailbox);
    const before = await everything();
    const shown = await send(confirm, `/newsletter/confirm?token=${link}`, {});
    expect(await shown.text()).toContain("Confirm the address");
    expect(await everything()).toBe(before);
    expect(await emails()).toEqual([{ email, status: "confirmed" }]);
    for (const _ of [1, 2]) expect((await press(link)).status).toBe(200);
    expect(await emails()).toEqual([{ email: "New.Bea@reader.example", status: "confirmed" }]);
    expect(await events()).toEqual(["requested", "confirmed", "changed"]);
    expect((await send(preferences, `${path}?token=${token}`, {})).status).toBe(200);
  });

  it("is asked by one mail a day and address, whatever is typed, and a newer wish ends the link of an older one", async () => {
    const token = await confirmed(opened.mailbox);
    for (let n = 0; n < 20; n += 1) await askFor(token, "first@reader.example");
    await minute();
    expect(opened.mailbox.deliveries).toHaveLength(2);
    const older = mailedToken(opened.mailbox);
    await askFor(token, "second@reader.example");
    await minute();
    expect((await press(older)).status).toBe(400);
    expect((await press(mailedToken(opened.mailbox))).status).toBe(200);
    expect(await emails()).toEqual([{ email: "second@reader.example", status: "confirmed" }]);
    // The next wish has another number, so that the press of before is not the press for it.
    await later("25 hours");
    await askFor(token, "third@reader.example");
    expect((await press(older)).status).toBe(400);
    expect(await status("second@reader.example")).toBe("confirmed");
  });

  it("gets the same answer when somebody else has it, whose mailbox learns of it", async () => {
    const token = await confirmed(opened.mailbox);
    const free = await (await askFor(token, "free@reader.example")).text();
    await confirmed(opened.mailbox, "taken@reader.example");
    await later("25 hours");
    const taken = await (await askFor(token, "taken@reader.example")).text();
    const alike = (page: string) => page.replace(/<p>\S+ waits for its confirmation[^\n]*\n/, "");
    expect(alike(taken)).toBe(alike(free));
    await minute();
    expect(opened.mailbox.deliveries.at(-1)?.mail.subject).toContain("already subscribed");
    expect(opened.mailbox.deliveries.at(-1)?.envelope.to).toEqual(["taken@reader.example"]);
    expect(await status("taken@reader.example")).toBe("confirmed");
  });

  it("takes the place of a sign-up there that nobody confirmed, and of a subscription that has ended", async () => {
    const token = await confirmed(opened.mailbox);
    await signUp("pending@reader.example");
    await confirmed(opened.mailbox, "gone@reader.example");
    await send(unsubscribe, "/newsletter/unsubscribe", form({ token: tokenFor("unsubscribe", "3") }));
    for (const address of ["pending@reader.example", "gone@reader.example"]) {
      await later("25 hours");
      await askFor(token, address);
      await minute();
      expect((await press(mailedToken(opened.mailbox))).status).toBe(200);
    }
    expect(await sql`SELECT id, email, status FROM subscriber ORDER BY id`).toEqual([
      { id: "1", email: "gone@reader.example", status: "confirmed" },
      { id: "3", email: null, status: "erased" },
    ]);
    expect(await sql`SELECT * FROM suppression`).toEqual([]);
  });

  it("does not count when it has become somebody's own meanwhile, or after the subscriber has left", async () => {
    const token = await confirmed(opened.mailbox);
    await askFor(token, "new@reader.example");
    await minute();
    const link = mailedToken(opened.mailbox);
    await sql`INSERT INTO subscriber (email, email_norm, status) VALUES ('new@reader.example', 'new@reader.example', 'confirmed')`;
    expect(await (await press(link)).text()).toContain("subscribed already");
    await sql`DELETE FROM subscriber WHERE id <> 1`;
    await send(unsubscribe, "/newsletter/unsubscribe", form({ token: tokenFor("unsubscribe") }));
    expect((await press(link)).status).toBe(400);
    expect(await emails()).toEqual([{ email, status: "unsubscribed" }]);
  });

  it("brings a subscription back whose mailbox was gone", async () => {
    const token = await confirmed(opened.mailbox);
    await sql`UPDATE subscriber SET status = 'bounced', hard_bounces = 2`;
    await askFor(token, "new@reader.example");
    await minute();
    await press(mailedToken(opened.mailbox));
    expect(await sql`SELECT email, status, hard_bounces FROM subscriber`).toEqual([
      { email: "new@reader.example", status: "confirmed", hard_bounces: 0 },
    ]);
  });

  it.each([["bea"], [email.toUpperCase()], ["a@b.example, c@d.example"]])(
    "is asked again when it is %j",
    async (address) => {
      const token = await confirmed(opened.mailbox);
      const asked = await askFor(token, address);
      expect(asked.status).toBe(422);
      const page = parse(await asked.text());
      expect(page.querySelector("#preferences-email")?.getAttribute("aria-invalid")).toBe("true");
      expect(await sql`SELECT * FROM address_change`).toEqual([]);
    },
  );

  it("is forgotten after a week", async () => {
    const token = await confirmed(opened.mailbox);
    await askFor(token, "new@reader.example");
    await sql`UPDATE address_change SET requested_at = now() - interval '8 days'`;
    await minute();
    expect(await sql`SELECT * FROM address_change`).toEqual([]);
  });
});

it("gives everything that is kept as a file, and nothing of anybody else", async () => {
  const token = await confirmed(opened.mailbox);
  await confirmed(opened.mailbox, "other@example.net");
  await act({ token, action: "save", rhythm: "weekly" }, [tag]);
  await act({ token, action: "address", email: "new@reader.example" });
  await sql`INSERT INTO issue (key, kind, state, title, mail, armed_at, prepared)
    VALUES ('/posts/quiet/', 'post', 'done', 'Quiet', '{}', now(), 2)`;
  await sql`INSERT INTO delivery (issue_id, subscriber_id, state, message_id, settled_at)
    SELECT issue.id, subscriber.id, 'sent', concat(subscriber.id, '@site'), now() FROM issue, subscriber`;
  const response = await act({ token, action: "export" });
  expect(response.headers.get("Content-Disposition")).toBe('attachment; filename="my-subscription.json"');
  const text = await response.text();
  const data = JSON.parse(text);
  expect(data.subscription).toMatchObject({ email, status: "confirmed", topics: [tag], rhythm: "weekly" });
  expect(data.consent.map(({ what }: { what: string }) => what)).toEqual(["requested", "confirmed"]);
  expect(data.newAddress).toMatchObject({ email: "new@reader.example" });
  expect(data.mails.map(({ kind }: { kind: string }) => kind)).toEqual(["confirm", "address"]);
  expect(data.issues).toMatchObject([{ title: "Quiet", state: "sent" }]);
  expect(data.mailsCausedBySignUps).toHaveLength(1);
  expect(text).not.toContain("example.net");
  await act({ token, action: "erase", sure: "yes" });
  expect((await act({ token, action: "export" })).status).toBe(400);
  expect(await sql`SELECT * FROM address_change`).toEqual([]);
});

it("keeps of those who are gone, a year later, what proves a consent and a hash, and no word of who they were", async () => {
  const token = await confirmed(opened.mailbox);
  await act({ token, action: "save", rhythm: "weekly" }, [tag]);
  await act({ token, action: "address", email: "new@reader.example" });
  await act({ token, action: "erase", sure: "yes" });
  const other = await confirmed(opened.mailbox, "stays@example.net");
  await act({ token: other, action: "address", email: "newer@reader.example" });
  await signUp("pending@reader.example");
  await later("1 year");
  await sql`UPDATE address_change SET requested_at = requested_at - interval '1 year'`;
  await sql`UPDATE outbox SET finished_at = finished_at - interval '1 year'`;
  await minute();
  await sql`UPDATE outbox SET finished_at = finished_at - interval '1 year'`;
  await minute();
  const left = await everything();
  expect(left.toLowerCase()).not.toContain("reader.example");
  expect(await sql`SELECT status, email, topics, rhythm FROM subscriber ORDER BY id`).toEqual([
    { status: "erased", email: null, topics: [], rhythm: "each" },
    { status: "confirmed", email: "stays@example.net", topics: [], rhythm: "each" },
  ]);
  for (const table of ["sign_up_mail", "address_change", "outbox", "rate_bucket"])
    expect(await sql`SELECT * FROM ${sql(table)}`, table).toEqual([]);
  expect(await sql`SELECT what, ip_hash FROM consent_event WHERE subscriber_id = 1 ORDER BY id`).toEqual(
    ["requested", "confirmed", "erased"].map((what) => ({ what, ip_hash: null })),
  );
  expect(await sql`SELECT reason FROM suppression`).toEqual([{ reason: "erased" }]);
});

it("is valid HTML on every page", async () => {
  const token = await confirmed(opened.mailbox);
  const pages = [
    await send(preferences, `${path}?token=${token}`, {}),
    await act({ token, action: "save", rhythm: "weekly" }, [tag]),
    await act({ token, action: "address", email: "nobody" }),
    await act({ token, action: "address", email: "new@reader.example" }),
    await act({ token, action: "erase" }),
    await send(unsubscribe, `/newsletter/unsubscribe?token=${tokenFor("unsubscribe")}`, {}),
    await send(unsubscribe, "/newsletter/unsubscribe", form({ token: tokenFor("unsubscribe") })),
    await send(preferences, `${path}?token=${token}`, {}),
    await signUp("nobody"),
    await act({ token, action: "erase", sure: "yes" }),
    await send(preferences, `${path}?token=${token}`, {}),
  ];
  for (const page of pages) expect.soft(await validateHtml(await page.text()), String(page.status)).toEqual([]);
});

describe("a press that no person made", () => {
  /** As a browser sends a form that a script has submitted, and one that does not know `Sec-Fetch-User` any form. */
  function scripted(fields: Readonly<Record<string, string>>) {
    const { headers, ...rest } = form(fields);
    const { "Sec-Fetch-User": _, ...others } = headers as Record<string, string>;
    return { ...rest, headers: others };
  }

  const doors = {
    confirms: { door: confirm, path: "/newsletter/confirm", label: /confirm/i, before: "pending", after: "confirmed" },
    ends: {
      door: unsubscribe,
      path: "/newsletter/unsubscribe",
      label: /unsubscribe/i,
      before: "confirmed",
      after: "unsubscribed",
    },
  } as const;

  it.each(["confirms", "ends"] as const)(
    "%s nothing: the page with the button comes again, with a box that a person can tick",
    async (what) => {
      const { door, path, label, before, after } = doors[what];
      if (what === "confirms") await signUp();
      else await confirmed(opened.mailbox);
      const token = what === "confirms" ? mailedToken(opened.mailbox) : tokenFor("unsubscribe");
      const rows = await everything();
      const again = await send(door, path, scripted({ token }));
      expect([again.status, await status(), await everything()]).toEqual([200, before, rows]);
      expect(await validateHtml(await again.clone().text())).toEqual([]);
      const boxes = parse(await again.clone().text()).querySelectorAll(
        'input[type="checkbox"][name="person"][required]',
      );
      expect(boxes).toHaveLength(1);
      const { fields } = await button(again, label);
      expect((await send(door, path, scripted({ ...fields, person: "yes" }))).status).toBe(200);
      expect(await status()).toBe(after);
    },
  );

  it("has its box at once in a browser that did not name a person for opening the page either, as Safari does not", async () => {
    const token = await confirmed(opened.mailbox);
    const { "Sec-Fetch-User": _, ...safari } = browser;
    const boxes = async (door: typeof confirm, address: string, headers: Readonly<Record<string, string>>) => {
      const page = parse(await (await send(door, address, { headers })).text());
      expect(page.querySelector(".problem-summary")).toBeNull();
      return page.querySelectorAll('input[type="checkbox"][name="person"][required]').length;
    };
    await signUp("other@reader.example");
    for (const [door, address] of [
      [confirm, `/newsletter/confirm?token=${mailedToken(opened.mailbox)}`],
      [unsubscribe, `/newsletter/unsubscribe?token=${tokenFor("unsubscribe")}`],
      [preferences, `${path}?token=${token}`],
    ] as const) {
      expect([address, await boxes(door, address, safari)]).toEqual([address, 1]);
      expect([address, await boxes(door, address, browser)]).toEqual([address, 0]);
      expect([address, await boxes(door, address, {})]).toEqual([address, 0]);
    }
    const left = await send(
      unsubscribe,
      "/newsletter/unsubscribe",
      scripted({ token: tokenFor("unsubscribe"), person: "yes" }),
    );
    expect(parse(await left.text()).querySelectorAll('form [name="person"]')).toHaveLength(1);
  });

  it("is not thought of a program that says nothing of what a request is for", async () => {
    await signUp();
    const pressed = (token: string) => ({ method: "POST", body: new URLSearchParams({ token }) });
    await send(confirm, "/newsletter/confirm", pressed(mailedToken(opened.mailbox)));
    expect(await status()).toBe("confirmed");
    await send(unsubscribe, "/newsletter/unsubscribe", pressed(tokenFor("unsubscribe")));
    expect(await status()).toBe("unsubscribed");
  });

  it("is not asked of one click, whatever sends it", async () => {
    await confirmed(opened.mailbox);
    const oneClick = scripted({ "List-Unsubscribe": "One-Click" });
    await send(unsubscribe, `/newsletter/unsubscribe?token=${tokenFor("unsubscribe")}`, oneClick);
    expect(await status()).toBe("unsubscribed");
  });
});

describe("one click, years later", () => {
  const oneClick = (id: string) =>
    send(unsubscribe, `/newsletter/unsubscribe?token=${tokenFor("unsubscribe", id)}`, {
      method: "POST",
      body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }),
    });

  it("is 200 and no change for whoever has left, bounced, been erased, or was never there", async () => {
    const token = await confirmed(opened.mailbox);
    const states = ["unsubscribed", "bounced"];
    for (const state of states) {
      await sql`UPDATE subscriber SET status = ${state}`;
      await later("10 years");
      const before = await everything();
      expect((await oneClick("1")).status).toBe(200);
      expect(await everything()).toBe(before);
    }
    await act({ token, action: "erase", sure: "yes" });
    const before = await everything();
    for (const id of ["1", "99"]) expect((await oneClick(id)).status).toBe(200);
    expect(await everything()).toBe(before);
  });

  it("in a hundred copies at once ends one subscription once, before any of them is answered", async () => {
    await confirmed(opened.mailbox);
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => oneClick("1").then(async (each) => [each.status, await status()])),
    );
    expect(new Set(answers.map(String))).toEqual(new Set(["200,unsubscribed"]));
    expect(await events()).toEqual(["requested", "confirmed", "unsubscribed"]);
  });
});
