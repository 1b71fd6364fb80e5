/** Requests of every kind to every door, and what no answer may be. */
import fc from "fast-check";
import { expect } from "vitest";
import bounces from "../../../functions/bounces.ts";
import confirm from "../../../functions/confirm.ts";
import contact from "../../../functions/contact.ts";
import health from "../../../functions/health.ts";
import { config } from "../../../functions/lib/config.ts";
import { keyRing } from "../../../functions/lib/keys.ts";
import { subscriberToken } from "../../../functions/lib/newsletter/tokens.ts";
import { site } from "../../../functions/lib/site-manifest.ts";
import preferences from "../../../functions/preferences.ts";
import preview from "../../../functions/preview.ts";
import subscribe from "../../../functions/subscribe.ts";
import unsubscribe from "../../../functions/unsubscribe.ts";
import views from "../../../functions/views.ts";
import { everything } from "./database.ts";
import { browser, send } from "./doors.ts";

const doors = [bounces, contact, views, subscribe, health, confirm, unsubscribe, preferences, preview];
const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values);

/** Below 500, a whole set of headers (`send` looks at them), no trace of the inside, and by GET and HEAD no change. */
export async function fuzz(numRuns: number): Promise<void> {
  const token = subscriberToken(keyRing(config().tokenKeys), "unsubscribe", "1");
  await fc.assert(
    fc.asyncProperty(requests(token), async ({ door, method, headers, body, value }) => {
      const query = new URLSearchParams({ token: value.toWellFormed() });
      const hasBody = method !== "GET" && method !== "HEAD";
      const before = hasBody ? "" : await everything();
      const response = await send(door, `/?${query}`, { method, headers, ...(hasBody && { body: body as BodyInit }) });
      expect(response.status).toBeLessThan(500);
      expect(await response.text()).not.toMatch(/node_modules|PostgresError|\n\s+at /);
      if (!hasBody) expect(await everything()).toBe(before);
    }),
    { numRuns },
  );
}

function requests(token: string) {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 30 }),
    oneOf(
      "a@b.example",
      "hello",
      site.posts[0]?.slug ?? "",
      token,
      "erase",
      "save",
      "export",
      "weekly",
      "yes",
      "One-Click",
    ),
    oneOf("1".repeat(6000), "1764000000000,1764000060000", "'; DROP TABLE outbox; --", "\r\nBcc: c@d.example"),
  );
  const name = oneOf(
    ...["name", "email", "message", "website", "times", "proof", "slug", "token", "action", "topic", "rhythm", "sure"],
    ...odd,
  );
  const letter = {
    name: text,
    email: oneOf("a@b.example", "c@d.example", "e@"),
    message: text,
    website: text,
    times: text,
  };
  const fields = fc.oneof(
    fc.dictionary(name, text, { maxKeys: 4 }),
    fc.record(letter, { requiredKeys: ["name", "email", "message"] }),
  );
  return fc.record({
    door: oneOf(...doors),
    method: oneOf("GET", "HEAD", "POST", "POST", "POST", "DELETE", "OPTIONS"),
    headers: fc.record(headers, { requiredKeys: [] }),
    body: fc.oneof(
      fields.map((each) => new URLSearchParams(each).toString()),
      fields.map((each) => JSON.stringify(each)),
      fc.string({ unit: "binary" }),
      fc.uint8Array({ maxLength: 200 }),
    ),
    value: text,
  });
}

const odd = ["List-Unsubscribe", "x", "__proto__"];

const headers = {
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
};
