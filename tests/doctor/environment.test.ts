import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { checkEnvironment } from "../../doctor/environment.ts";
import { inspectConfig } from "../../functions/lib/config.ts";

const secret = randomBytes(32).toString("base64url");
const complete = {
  DATABASE_URL: "postgres://user:sesame@db.firstflight.io/blog?sslmode=verify-full",
  SMTP_URL: "smtps://user:sesame@mail.firstflight.io:465",
  MAIL_FROM: "Blog <blog@firstflight.io>",
  CONTACT_TO: "owner@firstflight.io",
  TOKEN_KEYS: `b:${secret}`,
};
type Change = Readonly<Record<string, string | undefined>>;

const findings = (change: Change = {}, dueCount = 0) =>
  checkEnvironment(inspectConfig({ ...complete, ...change }), dueCount);
/** What is not well. */
const complaints = (change: Change, dueCount?: number) =>
  findings(change, dueCount)
    .filter(({ state }) => state !== "ok")
    .map(({ state, subject, blocks }) => `${subject} ${state}${blocks ? "!" : ""}`);

test("has nothing to say of a complete environment", () => {
  expect(complaints({})).toEqual([]);
  expect(complaints({ SITE_URL: "https://firstflight.io", BUILD_HOOK_URL: "https://host.io/hook/sesame" }, 3)).toEqual(
    [],
  );
});

test("names every key that an empty environment lacks, with what it should hold", () => {
  const all = checkEnvironment(inspectConfig({}), 0).filter(({ state }) => state === "missing");
  expect(all.map(({ subject, blocks }) => [subject, blocks])).toEqual(Object.keys(complete).map((key) => [key, true]));
  for (const { remedy } of all) expect.soft(remedy).toMatch(/^set it to /);
});

test.each<[Change, string]>([
  [{ DATABASE_URL: "mysql://db.firstflight.io" }, "DATABASE_URL wrong!"],
  [{ SMTP_URL: "mail.firstflight.io" }, "SMTP_URL wrong!"],
  [{ MAIL_FROM: "nobody" }, "MAIL_FROM wrong!"],
  [{ MAIL_FROM: "Blog <blog@example.com>" }, "MAIL_FROM wrong!"],
  [{ CONTACT_TO: "owner@blog.example" }, "CONTACT_TO wrong!"],
  [{ TOKEN_KEYS: "k:short" }, "TOKEN_KEYS wrong!"],
  [{ SITE_URL: "firstflight.io" }, "SITE_URL wrong!"],
  [{ SITE_URL: "http://firstflight.io" }, "SITE_URL wrong"],
  [{ BUILD_HOOK_URL: "hook" }, "BUILD_HOOK_URL wrong!"],
  [{ MAIL_WEBHOOK_SECRET: "whsec_short" }, "MAIL_WEBHOOK_SECRET wrong!"],
])("complains of %j", (change, complaint) => {
  expect(complaints(change)).toEqual([complaint]);
});

test("misses a build hook only while a post waits for its moment", () => {
  expect(complaints({}, 0)).toEqual([]);
  expect(complaints({}, 1)).toEqual(["BUILD_HOOK_URL missing"]);
});

describe("a database elsewhere", () => {
  const at = (address: string) => complaints({ DATABASE_URL: `postgres://user:sesame@${address}` });
  test.each(["", "?sslmode=disable", "?sslmode=prefer", "?sslmode=require", "?ssl=require"])(
    "should prove who it is, which %j does not ask for",
    (query) => {
      expect(at(`db.firstflight.io/blog${query}`)).toEqual(["DATABASE_URL wrong"]);
    },
  );

  test("need not on this machine, nor where the platform brings it", () => {
    expect(at("127.0.0.1/blog")).toEqual([]);
    expect(at("localhost:5432/blog")).toEqual([]);
    const platform = { DATABASE_URL: undefined, NETLIFY_DB_URL: "postgres://u:sesame@db.netlify.io/x?sslmode=require" };
    expect(complaints(platform)).toEqual([]);
  });
});

describe("keys", () => {
  const of = (bytes: Buffer) => complaints({ TOKEN_KEYS: `k:${bytes.toString("base64url")}` });

  test("made by chance are taken", () => {
    for (let n = 0; n < 200; n += 1) expect(of(randomBytes(32))).toEqual([]);
  });

  test.each([
    ["one byte again and again", Buffer.alloc(32, 7)],
    ["a few bytes again and again", Buffer.alloc(32, "geheimnis")],
    ["counting up", Buffer.from(Array.from({ length: 32 }, (_, n) => n * 3))],
    ["a sentence", Buffer.from("correct horse, battery 42 staple!".slice(0, 32))],
    ["words in the place of base64url", Buffer.from("correct-horse-battery-staple-and-forty-two9", "base64url")],
  ])("made of %s are refused", (_what, bytes) => {
    expect(bytes).toHaveLength(32);
    expect(of(bytes)).toEqual(["TOKEN_KEYS wrong!"]);
  });

  test("with two names for one secret are no two keys", () => {
    expect(complaints({ TOKEN_KEYS: `b:${secret},a:${secret}` })).toEqual(["TOKEN_KEYS wrong"]);
    expect(complaints({ TOKEN_KEYS: `b:${secret},a:${randomBytes(32).toString("base64url")}` })).toEqual([]);
  });
});

test("shows no login, no key and no address of a build hook", () => {
  const hook = { BUILD_HOOK_URL: "https://host.io/hook/sesame" };
  const weak = Buffer.alloc(32, 7).toString("base64url");
  for (const change of [
    hook,
    { TOKEN_KEYS: `k:${weak}` },
    { SMTP_URL: "sesame" },
    { DATABASE_URL: "postgres://u:sesame@a.io/b" },
  ])
    expect(JSON.stringify(findings(change))).not.toMatch(new RegExp(`sesame|${secret}|${weak}`));
});
