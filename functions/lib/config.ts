/** The functions' environment as one checked, frozen value. The only place in functions/ that reads `process.env`. */
import * as v from "valibot";
import type { Key } from "./keys.ts";
import { type Address, parseAddress, parseMailbox } from "./mail/address.ts";

export interface Config {
  /** PostgreSQL, `postgres://…`. */
  readonly databaseUrl: string;
  /** The mail relay, `smtp://…` or `smtps://…`, with its login. */
  readonly smtpUrl: string;
  readonly mailFrom: Address;
  readonly contactTo: Address;
  /** Newest first: it signs; all of them verify. */
  readonly tokenKeys: readonly Key[];
  /** Origin for links in mail; absent means the manifest's. */
  readonly siteUrl: string | undefined;
  /** Has the host build the site anew; absent where nothing is to go live by itself. As good as a password. */
  readonly buildHookUrl: string | undefined;
  /** Signs the provider's reports of bounces and complaints; absent where none come. */
  readonly mailWebhookKey: Buffer | undefined;
  /** Netlify's deploy context; absent at run time on Netlify, where a request's own context says it. */
  readonly deployContext: string | undefined;
}

/** Names every key that is missing or malformed, never a value. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

type Environment = Readonly<Record<string, string | undefined>>;

const schema = v.object({
  DATABASE_URL: urlOf(["postgres:", "postgresql:"]),
  SMTP_URL: urlOf(["smtp:", "smtps:"]),
  MAIL_FROM: parsed(parseMailbox),
  CONTACT_TO: parsed(parseAddress),
  TOKEN_KEYS: parsed(parseKeys),
  SITE_URL: v.optional(parsed(parseOrigin)),
  BUILD_HOOK_URL: v.optional(urlOf(["https:", "http:"])),
  MAIL_WEBHOOK_SECRET: v.optional(parsed(parseWebhookSecret)),
  CONTEXT: v.optional(v.string()),
});

/** Throws {@link ConfigError} unless every needed key is there and well-formed; nothing has a default in the dark. */
export function readConfig(env: Environment): Config {
  const given = settings(env);
  const result = v.safeParse(schema, given);
  if (!result.success) throw new ConfigError(explain(result.issues, given));
  return Object.freeze(toConfig(result.output));
}

export type ConfigKey = keyof typeof schema.entries;

export interface Inspection {
  /** `missing` of an optional key is no mistake. */
  readonly states: Readonly<Record<ConfigKey, "ok" | "missing" | "malformed">>;
  /** What is well-formed. */
  readonly config: { readonly [key in keyof Config]?: Config[key] | undefined };
  /** The database comes from `NETLIFY_DB_URL`, which the platform sets. */
  readonly isPlatformDatabase: boolean;
}

/** Key by key what {@link readConfig} would say, for a command that explains it. Never throws. */
export function inspectConfig(env: Environment = process.env): Inspection {
  const given = settings(env);
  const results = Object.entries(schema.entries).map(([key, entry]) => {
    const result = v.safeParse<v.GenericSchema>(entry, given[key]);
    const state = given[key] === undefined ? "missing" : result.success ? "ok" : "malformed";
    return [key, { state, value: result.success ? result.output : undefined }] as const;
  });
  const states = results.map(([key, { state }]) => [key, state]);
  const values = results.map(([key, { value }]) => [key, value]);
  return {
    states: Object.fromEntries(states),
    config: toConfig(Object.fromEntries(values)),
    isPlatformDatabase: !env["DATABASE_URL"] && Boolean(env["NETLIFY_DB_URL"]),
  };
}

/** Only the keys, for a command that signs a link on the author's machine. Throws {@link ConfigError}. */
export function readTokenKeys(env: Environment = process.env): readonly Key[] {
  const result = v.safeParse(v.pick(schema, ["TOKEN_KEYS"]), set(env));
  if (!result.success) throw new ConfigError(`TOKEN_KEYS is ${env["TOKEN_KEYS"] ? "malformed" : "missing"}`);
  return result.output.TOKEN_KEYS;
}

let known: Config | undefined;

/** The process's configuration, read at the first call. Throws {@link ConfigError}. */
export function config(): Config {
  known ??= readConfig(process.env);
  return known;
}

/** Reads the environment anew at the next call: for a process that sets it itself. */
export function forgetConfig(): void {
  known = undefined;
}

/** By the names of the schema: Netlify's own variables stand in for ours. */
function settings(env: Environment): Environment {
  return {
    ...set(env),
    DATABASE_URL: env["DATABASE_URL"] || env["NETLIFY_DB_URL"] || undefined,
    SITE_URL: env["SITE_URL"] || env["URL"] || undefined,
  };
}

function toConfig(values: v.InferOutput<typeof schema>): Config {
  return {
    databaseUrl: values.DATABASE_URL,
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM,
    contactTo: values.CONTACT_TO,
    tokenKeys: values.TOKEN_KEYS,
    siteUrl: values.SITE_URL,
    buildHookUrl: values.BUILD_HOOK_URL,
    mailWebhookKey: values.MAIL_WEBHOOK_SECRET,
    deployContext: values.CONTEXT,
  };
}

/** An empty value in a host's settings is a missing one. */
function set(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
}

function explain(issues: readonly v.BaseIssue<unknown>[], given: Environment): string {
  const keys = new Set(issues.map((issue) => String(issue.path?.[0]?.key)));
  const list = [...keys].map((key) => `${key} is ${given[key] === undefined ? "missing" : "malformed"}`);
  return `the functions refuse to run: ${list.join(", ")}; see .env.example`;
}

function parsed<T>(parse: (text: string) => T | undefined) {
  return v.pipe(
    v.string(),
    v.rawTransform<string, T>(({ dataset, addIssue, NEVER }) => {
      const value = parse(dataset.value);
      if (value !== undefined) return value;
      addIssue({ message: "malformed" });
      return NEVER;
    }),
  );
}

function urlOf(protocols: readonly string[]) {
  return parsed((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return url && protocols.includes(url.protocol) && url.hostname !== "" ? text : undefined;
  });
}

function parseOrigin(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && /^https?:$/.test(url.protocol) && url.pathname === "/" ? url.origin : undefined;
}

/** `whsec_` and the base64 of at least 16 bytes. */
function parseWebhookSecret(text: string): Buffer | undefined {
  const [, secret] = /^whsec_([A-Za-z0-9+/]{22,}={0,2})$/.exec(text) ?? [];
  return secret === undefined ? undefined : Buffer.from(secret, "base64");
}

/** `kid:base64url-of-32-bytes`, separated by commas. */
function parseKeys(text: string): readonly Key[] | undefined {
  const keys = text.split(",").map((entry) => {
    const [, kid, secret] = /^\s*([\w-]{1,16}):([\w-]{43})=?\s*$/.exec(entry) ?? [];
    return kid && secret ? { kid, secret: Buffer.from(secret, "base64url") } : undefined;
  });
  const sound = keys.filter((key) => key !== undefined);
  const unique = new Set(sound.map((key) => key.kid)).size;
  return sound.length === keys.length && unique === keys.length ? sound : undefined;
}
