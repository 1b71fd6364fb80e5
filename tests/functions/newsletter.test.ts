import { parse } from "node-html-parser";
import { describe, expect, it } from "vitest";
import confirm from "../../functions/confirm.ts";
import { confirmToken } from "../../functions/lib/newsletter/tokens.ts";
import preferences from "../../functions/preferences.ts";
import subscribe from "../../functions/subscribe.ts";
import sweep from "../../functions/sweep.ts";
import unsubscribe from "../../functions/unsubscribe.ts";
import { everything, sql } from "./support/database.ts";
import { browser, expectOnly, form, json, send } from "./support/doors.ts";
import { noDatabase, setEnvironment, siteUrl } from "./support/environment.ts";
import * as newsletter from "./support/newsletter.ts";
import { button, email, events, keys, later, signUp, status, tokenFor } from "./support/newsletter.ts";

const opened = newsletter.openNewsletter();
const mailedToken = () => newsletter.mailedToken(opened.mailbox);
const confirmed = () => newsletter.confirmed(opened.mailbox);

describe("a sign-up", () => {
  it("is answered with 303, kept as pending, and asked about by mail", async () => {
    const response = await signUp();
    expect([response.status, response.headers.get("Location")]).toEqual([303, "/newsletter/check-your-mail/"]);
    expect(await sql`SELECT email, email_norm, status FROM subscriber`).toEqual([
      { email: "Bea.Ray@reader.example", email_norm: "bea.ray@reader.example", status: "pending" },
    ]);
    expect(await events()).toEqual(["requested"]);
    const [delivery] = opened.mailbox.deliveries;
    expect(delivery?.envelope.to).toEqual(["Bea.Ray@reader.example"]);
    expect(delivery?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(delivery?.mail.html).toContain(`${siteUrl}/newsletter/confirm?token=${mailedToken()}`);
  });

  it("may come as JSON", async () => {
    const response = await send(subscribe, "/api/subscribe", json({ email }));
    expect([response.status, await response.json()]).toEqual([202, { status: "check your mail" }]);
  });

  it("gets the same answer whoever it is", async () => {
    const answers: unknown[] = [];
    const note = (response: Response) => answers.push([response.status, [...response.headers]]);
    note(await signUp());
    note(await signUp());
    await send(confirm, "/newsletter/confirm", form({ token: mailedToken() }));
    note(await signUp());
    await send(unsubscribe, "/newsletter/unsubscribe", form({ token: tokenFor("unsubscribe") }));
    note(await signUp());
    note(await signUp("other@reader.example"));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it("repeated sends one mail a day, in any case of letters", async () => {
    for (const address of [email, email.toUpperCase()]) await signUp(address);
    expect(await sql`SELECT email_norm FROM subscriber`).toHaveLength(1);
    expect(opened.mailbox.deliveries).toHaveLength(1);
    await later("25 hours");
    await signUp();
    expect(opened.mailbox.deliveries).toHaveLength(2);
  });

  it("of a confirmed subscriber changes nothing, and is told of by mail once a month", async () => {
    await confirmed();
    const before = await sql`SELECT email, status, consent_no, topics FROM subscriber`;
    for (const interval of ["25 hours", "25 hours", "29 days", "25 hours"]) {
      await later(interval);
      await signUp();
    }
    expect(await sql`SELECT email, status, consent_no, topics FROM subscriber`).toEqual(before);
    expect(await events()).toEqual(["requested", "confirmed"]);
    const mails = opened.mailbox.deliveries.map(({ mail }) => mail.subject);
    expect(mails.map((subject) => /already subscribed/.test(subject ?? ""))).toEqual([false, true, true]);
    const token = newsletter.mailedToken(opened.mailbox, "/newsletter/preferences");
    expect((await send(preferences, `/newsletter/preferences?token=${token}`, {})).status).toBe(200);
  });

  it("is mailed by the sweep when the relay was down, unless the mailbox is refused for good", async () => {
    opened.mailbox.refuseWith = 421;
    await signUp();
    expect(await sql`SELECT state FROM outbox`).toEqual([{ state: "queued" }]);
    opened.mailbox.refuseWith = 550;
    await sql`UPDATE outbox SET next_at = now()`;
    expect(await (await send(sweep, "/", { method: "POST" })).json()).toMatchObject({ mail: { failed: 1, retry: 0 } });
    expect(await sql`SELECT state, last_code FROM outbox`).toEqual([{ state: "failed", last_code: "EENVELOPE 550" }]);
  });

  it("nobody confirms is forgotten after seven days", async () => {
    await signUp();
    await sql`UPDATE subscriber SET requested_at = now() - interval '6 days 23 hours'`;
    await send(sweep, "/", { method: "POST" });
    expect(await sql`SELECT id FROM subscriber`).toHaveLength(1);
    await sql`UPDATE subscriber SET requested_at = now() - interval '7 days 1 minute'`;
    await sql`UPDATE outbox SET created_at = now() - interval '7 days 1 minute'`;
    await later("31 days");
    expect(await (await send(sweep, "/", { method: "POST" })).json()).toMatchObject({ signUpsForgotten: 1 });
    await sql`DELETE FROM rate_bucket`;
    expect(JSON.parse(await everything()).flat()).toEqual([]);
  });

  it.each(["", "a", "a@b", "a@b.com, c@d.com", "a@b.com\r\nBcc: c@d.com"])(
    "with %j for an address is a 422 page with it",
    async (address) => {
      const response = await signUp(address);
      expect(response.status).toBe(422);
      const page = parse(await response.text());
      expect(page.querySelector("#subscribe-email")?.getAttribute("aria-invalid")).toBe("true");
      expect(page.querySelector('.problem-summary a[href="#subscribe-email"]')).not.toBeNull();
      expect(await sql`SELECT id FROM subscriber`).toEqual([]);
    },
  );

  it.each([
    [403, form({ email }, { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" })],
    [413, form({ email: "a".repeat(5000) })],
    [415, { ...form({ email }), headers: { ...browser, "Content-Type": "text/plain" } }],
    [422, form({ email, status: "confirmed" })],
    [400, { ...form({ email }), body: "email=%00" }],
  ])("is refused with %d", async (expected, init) => {
    expect((await send(subscribe, "/api/subscribe", init)).status).toBe(expected);
    expect(await sql`SELECT id FROM subscriber`).toEqual([]);
  });

  it("is a 503 page with the address when there is no database", async () => {
    await setEnvironment(noDatabase);
    const response = await signUp();
    expect(response.status).toBe(503);
    expect(
      parse(await response.text())
        .querySelector("#subscribe-email")
        ?.getAttribute("value"),
    ).toBe(email);
    expect((await send(subscribe, "/api/subscribe", json({ email }))).status).toBe(503);
  });
});

describe("the confirm page", () => {
  it("shows a button that confirms, and the press leads to a welcome with the preferences", async () => {
    await signUp();
    const shown = await send(confirm, `/newsletter/confirm?token=${mailedToken()}`, { headers: browser });
    expect([shown.status, shown.headers.get("Referrer-Policy")]).toEqual([200, "same-origin"]);
    const { action, method, fields } = await button(shown, /confirm/i);
    expect([action, method]).toEqual(["/newsletter/confirm", "post"]);
    const response = await send(confirm, "/newsletter/confirm", form(fields));
    expect(response.status).toBe(200);
    expect(await status()).toBe("confirmed");
    expect(await events()).toEqual(["requested", "confirmed"]);
    const link = parse(await response.text()).querySelector('a[href^="/newsletter/preferences?token="]');
    expect((await send(preferences, link?.getAttribute("href") ?? "", {})).status).toBe(200);
  });

  it("says 400 with the sign-up form for a link that is not ours or too old", async () => {
    await signUp();
    const link = { subscriberId: "1", consentNo: 1, expiresAt: Math.floor(Date.now() / 1000) - 5 };
    const tooOld = confirmToken(keys(), link);
    for (const token of ["", "nonsense", mailedToken().slice(0, -1), tooOld, tokenFor("unsubscribe")]) {
      const shown = await send(confirm, `/newsletter/confirm?token=${token}`, {});
      const pressed = await send(confirm, "/newsletter/confirm", form({ token }));
      for (const response of [shown, pressed]) {
        expect(response.status).toBe(400);
        expect(
          parse(await response.text()).querySelector('form[action="/api/subscribe"] [name="email"]'),
        ).not.toBeNull();
      }
    }
    expect(await status()).toBe("pending");
  });

  it("of before an unsubscription is dead, the next one works", async () => {
    await signUp();
    const before = mailedToken();
    await send(confirm, "/newsletter/confirm", form({ token: before }));
    await send(unsubscribe, "/newsletter/unsubscribe", form({ token: tokenFor("unsubscribe") }));
    expect((await send(confirm, "/newsletter/confirm", form({ token: before }))).status).toBe(400);
    expect(await status()).toBe("unsubscribed");
    await later("25 hours");
    await signUp();
    await send(confirm, "/newsletter/confirm", form({ token: mailedToken() }));
    expect(await status()).toBe("confirmed");
  });

  it("of a sign-up is dead after an unsubscription, also for who has left before and comes back", async () => {
    await confirmed();
    const leave = () => send(unsubscribe, "/newsletter/unsubscribe", form({ token: tokenFor("unsubscribe") }));
    await leave();
    await later("25 hours");
    await signUp();
    const asked = mailedToken();
    await leave();
    expect((await send(confirm, "/newsletter/confirm", form({ token: asked }))).status).toBe(400);
    expect([await status(), await events()]).toEqual([
      "unsubscribed",
      ["requested", "confirmed", "unsubscribed", "requested", "unsubscribed"],
    ]);
  });

  it("is refused from another site", async () => {
    await signUp();
    const headers = { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" };
    expect((await send(confirm, "/newsletter/confirm", form({ token: mailedToken() }, headers))).status).toBe(403);
    expect(await status()).toBe("pending");
  });
});

describe("unsubscribing", () => {
  it("is a page with a button, and the press can be undone", async () => {
    await confirmed();
    const shown = await send(unsubscribe, `/newsletter/unsubscribe?token=${tokenFor("unsubscribe")}`, {});
    expect([shown.status, shown.headers.get("Referrer-Policy")]).toEqual([200, "same-origin"]);
    const pressed = await send(
      unsubscribe,
      "/newsletter/unsubscribe",
      form((await button(shown, /unsubscribe/i)).fields),
    );
    expect(pressed.status).toBe(200);
    expect(await status()).toBe("unsubscribed");
    const undo = await button(pressed, /subscribe again/i);
    expect(undo.action).toBe("/newsletter/confirm");
    expect((await send(confirm, "/newsletter/confirm", form(undo.fields))).status).toBe(200);
    expect(await status()).toBe("confirmed");
    expect(await events()).toEqual(["requested", "confirmed", "unsubscribed", "confirmed"]);
  });

  it.each(["application/x-www-form-urlencoded", "multipart/form-data"])(
    "takes one click of a mail program as %s, from any origin",
    async (type) => {
      await confirmed();
      const fields = new FormData();
      fields.set("List-Unsubscribe", "One-Click");
      const body = type.startsWith("multipart") ? fields : new URLSearchParams({ "List-Unsubscribe": "One-Click" });
      const response = await send(unsubscribe, `/newsletter/unsubscribe?token=${tokenFor("unsubscribe")}`, {
        method: "POST",
        body,
        headers: { Origin: "https://mail.example", "Sec-Fetch-Site": "cross-site" },
      });
      expect([response.status, response.headers.get("Location"), response.headers.get("Set-Cookie")]).toEqual([
        200,
        null,
        null,
      ]);
      expect(await status()).toBe("unsubscribed");
    },
  );

  it("again is 200, changes nothing, and offers no undo", async () => {
    await confirmed();
    const press = () => send(unsubscribe, "/newsletter/unsubscribe", form({ token: tokenFor("unsubscribe") }));
    const answers = await Promise.all(Array.from({ length: 20 }, press));
    const undos = await Promise.all(answers.map((each) => button(each, /subscribe again/i)));
    expect(answers.map((each) => each.status)).toEqual(Array(20).fill(200));
    expect(undos.filter(({ action }) => action)).toHaveLength(1);
    expect(await events()).toEqual(["requested", "confirmed", "unsubscribed"]);
  });

  it("says 200 for a subscriber who is gone, and 400 for a link that is not ours", async () => {
    expect(
      (await send(unsubscribe, "/newsletter/unsubscribe", form({ token: tokenFor("unsubscribe", "99") }))).status,
    ).toBe(200);
    for (const token of ["", "nonsense", tokenFor("preferences")]) {
      expect((await send(unsubscribe, "/newsletter/unsubscribe", form({ token }))).status).toBe(400);
      expect((await send(unsubscribe, `/newsletter/unsubscribe?token=${token}`, {})).status).toBe(400);
    }
  });

  it("works with a key that has been replaced", async () => {
    await confirmed();
    const token = tokenFor("unsubscribe");
    await setEnvironment({
      TOKEN_KEYS: `t2:${Buffer.alloc(32, 9).toString("base64url")},${process.env["TOKEN_KEYS"]}`,
    });
    expect((await send(unsubscribe, "/newsletter/unsubscribe", form({ token }))).status).toBe(200);
    expect(await status()).toBe("unsubscribed");
  });
});

describe("the preferences", () => {
  it("show the state and unsubscribe", async () => {
    const token = await confirmed();
    const shown = await send(preferences, `/newsletter/preferences?token=${token}`, {});
    expect([shown.status, shown.headers.get("Referrer-Policy")]).toEqual([200, "same-origin"]);
    expect(await shown.clone().text()).toContain(`New posts go to <strong>${email}</strong>`);
    const { action, fields } = await button(shown, /unsubscribe/i);
    await send(unsubscribe, action ?? "", form(fields));
    const after = await send(preferences, `/newsletter/preferences?token=${token}`, {});
    expect(await after.text()).toContain("not subscribed");
  });

  it("erase everything but a keyed hash, and again is no change", async () => {
    const token = await confirmed();
    const shown = await send(preferences, `/newsletter/preferences?token=${token}`, {});
    const { fields } = await button(shown, /erase/i);
    const unsure = await send(preferences, "/newsletter/preferences", form(fields));
    expect([unsure.status, await status()]).toEqual([422, "confirmed"]);
    const page = parse(await unsure.text());
    const target = page.querySelector(".problem-summary a")?.getAttribute("href") ?? "#none";
    expect(page.querySelector(target)?.getAttribute("name")).toBe("sure");
    for (const _ of [1, 2]) {
      const pressed = await send(preferences, "/newsletter/preferences", form({ ...fields, sure: "yes" }));
      expect(pressed.status).toBe(200);
    }
    expect((await everything()).toLowerCase()).not.toContain("reader.example");
    expect(await sql`SELECT status, email, email_norm FROM subscriber`).toEqual([
      { status: "erased", email: null, email_norm: null },
    ]);
    expect(
      await sql`SELECT count(*)::int AS hashes, count(*) FILTER (WHERE ip_hash IS NOT NULL)::int AS ips FROM consent_event`,
    ).toEqual([{ hashes: 3, ips: 0 }]);
    expect(await sql`SELECT octet_length(email_hash) AS bytes, reason FROM suppression`).toEqual([
      { bytes: 32, reason: "erased" },
    ]);
    expect((await send(preferences, `/newsletter/preferences?token=${token}`, {})).status).toBe(400);
  });

  it("do not keep an erased person from coming back", async () => {
    await send(
      preferences,
      "/newsletter/preferences",
      form({ token: await confirmed(), action: "erase", sure: "yes" }),
    );
    await later("25 hours");
    await signUp();
    expect((await send(confirm, "/newsletter/confirm", form({ token: mailedToken() }))).status).toBe(200);
    expect(await sql`SELECT status FROM subscriber WHERE email IS NOT NULL`).toEqual([{ status: "confirmed" }]);
    expect(await sql`SELECT * FROM suppression`).toEqual([]);
  });

  it("are refused without a link of ours, from another site, and for anything else", async () => {
    const token = await confirmed();
    const refused = [
      [400, form({ token: "nonsense", action: "erase" })],
      [400, form({ token: tokenFor("unsubscribe"), action: "erase" })],
      [400, form({ token, action: "promote" })],
      [
        403,
        form(
          { token, action: "erase", sure: "yes" },
          { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" },
        ),
      ],
    ] as const;
    for (const [expected, init] of refused) {
      expect((await send(preferences, "/newsletter/preferences", init)).status).toBe(expected);
    }
    expect(await status()).toBe("confirmed");
  });
});

it("changes no row by GET or HEAD, on any of its addresses", async () => {
  await signUp();
  const tokens = [mailedToken(), tokenFor("unsubscribe"), tokenFor("preferences"), "nonsense"];
  const before = await everything();
  for (const [door, path] of [
    [confirm, "confirm"],
    [unsubscribe, "unsubscribe"],
    [preferences, "preferences"],
  ] as const) {
    for (const token of tokens) {
      for (const method of ["GET", "HEAD"]) {
        const response = await send(
          door,
          `/newsletter/${path}?token=${token}&List-Unsubscribe=One-Click&action=erase`,
          { method },
        );
        expect([200, 400]).toContain(response.status);
      }
    }
  }
  expect(await everything()).toBe(before);
});

it("names the methods it takes", async () => {
  await expectOnly(subscribe, "/api/subscribe", "POST");
  for (const door of [confirm, unsubscribe, preferences]) await expectOnly(door, "/newsletter/x", "GET, HEAD, POST");
});

it("answers 503 where the database is needed and down", async () => {
  const tokens = { confirm: "", unsubscribe: tokenFor("unsubscribe"), preferences: tokenFor("preferences") };
  await signUp();
  tokens.confirm = mailedToken();
  await setEnvironment(noDatabase);
  expect((await send(confirm, "/", form({ token: tokens.confirm }))).status).toBe(503);
  expect((await send(unsubscribe, "/", form({ token: tokens.unsubscribe }))).status).toBe(503);
  expect((await send(preferences, "/", form({ token: tokens.preferences, action: "erase", sure: "yes" }))).status).toBe(
    503,
  );
  expect((await send(confirm, `/newsletter/confirm?token=${tokens.confirm}`, {})).status).toBe(200);
});
