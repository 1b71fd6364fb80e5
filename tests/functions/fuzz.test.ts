import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import confirm from "../../functions/confirm.ts";
import contact from "../../functions/contact.ts";
import health from "../../functions/health.ts";
import { config } from "../../functions/lib/config.ts";
import { keyRing } from "../../functions/lib/keys.ts";
import { subscriberToken } from "../../functions/lib/newsletter/tokens.ts";
import { closeServices } from "../../functions/lib/services.ts";
import { site } from "../../functions/lib/site-manifest.ts";
import preferences from "../../functions/preferences.ts";
import subscribe from "../../functions/subscribe.ts";
import unsubscribe from "../../functions/unsubscribe.ts";
import views from "../../functions/views.ts";
import { emptyDatabase, everything } from "./support/database.ts";
import { browser, send } from "./support/doors.ts";
import { setEnvironment } from "./support/environment.ts";
import { type Mailbox, openMailbox } from "./support/mailbox.ts";

let mailbox: Mailbox;
beforeAll(async () => {
  mailbox = await openMailbox();
  await setEnvironment({ SMTP_URL: mailbox.url });
  await emptyDatabase();
});
afterAll(async () => {
  await closeServices();
  await mailbox.down();
});

const doors = [contact, views, subscribe, health, confirm, unsubscribe, preferences];
const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values);

it("answers whatever comes with less than 500, a whole set of headers, and no trace of its inside", async () => {
  const token = subscriberToken(keyRing(config().tokenKeys), "unsubscribe", "1");
  const name = oneOf(
    "name",
    "email",
    "message",
    "website",
    "slug",
    "token",
    "action",
    "List-Unsubscribe",
    "x",
    "__proto__",
  );
  const value = fc.oneof(
    fc.string({ unit: "binary", maxLength: 30 }),
    oneOf(
      "a@b.example",
      "hello",
      site.posts[0]?.slug ?? "",
      token,
      "erase",
      "One-Click",
      "1".repeat(6000),
      "'; DROP TABLE outbox; --",
    ),
  );
  const fields = fc.dictionary(name, value, { maxKeys: 4 });
  const body = fc.oneof(
    fields.map((each) => new URLSearchParams(each).toString()),
    fields.map((each) => JSON.stringify(each)),
    fc.string({ unit: "binary" }),
    fc.uint8Array({ maxLength: 200 }),
  );
  const headers = fc.record(
    {
      "Content-Type": oneOf(
        "application/x-www-form-urlencoded",
        "application/json",
        "multipart/form-data; boundary=x",
        "text/plain",
      ),
      Accept: oneOf("*/*", "text/html", "application/json"),
      Origin: oneOf("null", "https://evil.example", browser.Origin),
      "Sec-Fetch-Site": oneOf("same-origin", "cross-site", "none"),
      "User-Agent": oneOf("", browser["User-Agent"]),
    },
    { requiredKeys: [] },
  );
  const request = fc.record({
    door: oneOf(...doors),
    method: oneOf("GET", "HEAD", "POST", "POST", "POST", "DELETE"),
    headers,
    body,
    value,
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ door, method, headers, body, value }) => {
      const query = new URLSearchParams({ token: value.toWellFormed() });
      const hasBody = method !== "GET" && method !== "HEAD";
      const before = hasBody ? "" : await everything();
      const response = await send(door, `/?${query}`, { method, headers, ...(hasBody && { body: body as BodyInit }) });
      expect(response.status).toBeLessThan(500);
      expect(await response.text()).not.toMatch(/node_modules|PostgresError|\n\s+at /);
      if (!hasBody) expect(await everything()).toBe(before);
    }),
    { numRuns: 150 },
  );
});
