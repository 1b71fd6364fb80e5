import { describe, expect, it } from "vitest";
import { ConfigError, inspectConfig, readConfig } from "../../../functions/lib/config.ts";

const secret = Buffer.alloc(32, 5).toString("base64url");
const complete = {
  DATABASE_URL: "postgres://user:sesame@db.example/blog",
  SMTP_URL: "smtps://user:sesame@mail.example:465",
  MAIL_FROM: "Blog <blog@example.com>",
  CONTACT_TO: "owner@example.com",
  TOKEN_KEYS: `b:${secret},a:${secret}`,
};

function refusal(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error("the configuration was taken");
}

describe("readConfig", () => {
  it("reads a complete environment into one frozen value", () => {
    const config = readConfig(complete);
    expect(config).toMatchObject({
      databaseUrl: complete.DATABASE_URL,
      mailFrom: { address: "blog@example.com", name: "Blog" },
      contactTo: { address: "owner@example.com" },
      siteUrl: undefined,
    });
    expect(config.tokenKeys.map(({ kid }) => kid)).toEqual(["b", "a"]);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it("prefers DATABASE_URL to Netlify's, and SITE_URL to Netlify's", () => {
    const netlify = { NETLIFY_DB_URL: "postgres://netlify.example/db", URL: "https://a.netlify.example" };
    const { DATABASE_URL, ...rest } = complete;
    expect(readConfig({ ...complete, ...netlify }).databaseUrl).toBe(DATABASE_URL);
    expect(readConfig({ ...rest, ...netlify })).toMatchObject({
      databaseUrl: netlify.NETLIFY_DB_URL,
      siteUrl: netlify.URL,
    });
    expect(readConfig({ ...rest, ...netlify, DATABASE_URL: "", SITE_URL: "https://b.example/" }).siteUrl).toBe(
      "https://b.example",
    );
  });

  it("has terms of its own for the relay unless the environment says otherwise", () => {
    expect(readConfig(complete)).toMatchObject({
      sendEpoch: undefined,
      relay: { idempotencyHeader: undefined, idempotencyMinutes: 1_440, connections: 4, mailsPerSecond: 10 },
    });
    const own = {
      SEND_EPOCH: "2026",
      MAIL_IDEMPOTENCY_HEADER: "X-Key",
      MAIL_CONNECTIONS: "16",
      MAIL_PER_SECOND: "0.5",
    };
    expect(readConfig({ ...complete, ...own })).toMatchObject({
      sendEpoch: "2026",
      relay: { idempotencyHeader: "X-Key", connections: 16, mailsPerSecond: 0.5 },
    });
  });

  it("refuses an empty environment, naming every key that is missing", () => {
    const message = refusal({});
    for (const key of Object.keys(complete)) expect(message).toContain(`${key} is missing`);
    expect(message).not.toContain("SITE_URL");
  });

  it.each([
    { DATABASE_URL: "mysql://x.example" },
    { SMTP_URL: "mail.example" },
    { SMTP_URL: "" },
    { MAIL_FROM: "nobody" },
    { CONTACT_TO: "a@b.com, c@d.com" },
    { TOKEN_KEYS: "k:short" },
    { TOKEN_KEYS: secret },
    { TOKEN_KEYS: `a:${secret},a:${secret}` },
    { TOKEN_KEYS: `a:${secret},` },
    { SITE_URL: "example.com" },
    { SITE_URL: "ftp://example.com" },
    { SITE_URL: "https://example.com/blog" },
    { SEND_EPOCH: "two words" },
    { MAIL_IDEMPOTENCY_HEADER: "Key: value" },
    { MAIL_IDEMPOTENCY_MINUTES: "0" },
    { MAIL_CONNECTIONS: "17" },
    { MAIL_PER_SECOND: "1e3" },
  ])("refuses %j by its key alone", (change) => {
    const [[key = "", value = ""] = []] = Object.entries(change);
    const message = refusal({ ...complete, ...change });
    expect(message).toContain(`${key} is ${value === "" ? "missing" : "malformed"}`);
    expect(message.match(/ is (?:missing|malformed)/g)).toHaveLength(1);
  });

  it("never shows a value", () => {
    const message = refusal({ ...complete, TOKEN_KEYS: `bad kid:${secret}`, MAIL_FROM: "sesame" });
    expect(message).not.toMatch(new RegExp(`sesame|${secret}`));
  });
});

describe("inspectConfig", () => {
  it("agrees with readConfig on a complete environment", () => {
    const { states, config, isPlatformDatabase } = inspectConfig(complete);
    expect(config).toEqual(readConfig(complete));
    expect(isPlatformDatabase).toBe(false);
    for (const key of Object.keys(complete)) expect(states).toHaveProperty(key, "ok");
    expect(states).toMatchObject({ SITE_URL: "missing", BUILD_HOOK_URL: "missing" });
  });

  it("says of every key alone what it is, and keeps what is well-formed", () => {
    const { states, config } = inspectConfig({ ...complete, SMTP_URL: "mail.example", TOKEN_KEYS: "", SITE_URL: "x" });
    expect(states).toMatchObject({
      SMTP_URL: "malformed",
      TOKEN_KEYS: "missing",
      SITE_URL: "malformed",
      MAIL_FROM: "ok",
    });
    expect(config).toMatchObject({ smtpUrl: undefined, tokenKeys: undefined, databaseUrl: complete.DATABASE_URL });
  });

  it("knows a database that the platform brought", () => {
    const netlify = { NETLIFY_DB_URL: "postgres://netlify.example/db" };
    expect(inspectConfig({ ...netlify, DATABASE_URL: "" })).toMatchObject({
      isPlatformDatabase: true,
      config: { databaseUrl: netlify.NETLIFY_DB_URL },
    });
    expect(inspectConfig({ ...netlify, ...complete }).isPlatformDatabase).toBe(false);
  });
});
