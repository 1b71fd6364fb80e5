/** The functions' environment as one checked, frozen value. The only place in functions/ that reads `process.env`. */
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

/** From the text of a variable to its value; absent when it is malformed. A validation library would be a tenth of a bundle. */
const parsers = {
  DATABASE_URL: urlOf(["postgres:", "postgresql:"]),
  SMTP_URL: urlOf(["smtp:", "smtps:"]),
  MAIL_FROM: parseMailbox,
  CONTACT_TO: parseAddress,
  TOKEN_KEYS: parseTokenKeys,
  SITE_URL: parseOrigin,
  BUILD_HOOK_URL: urlOf(["https:", "http:"]),
  MAIL_WEBHOOK_SECRET: parseWebhookSecret,
  CONTEXT: (text: string): string => text,
} as const;

const optional: ReadonlySet<ConfigKey> = new Set(["SITE_URL", "BUILD_HOOK_URL", "MAIL_WEBHOOK_SECRET", "CONTEXT"]);

export type ConfigKey = keyof typeof parsers;
type State = "ok" | "missing" | "malformed";
type Values = { readonly [key in ConfigKey]?: NonNullable<ReturnType<(typeof parsers)[key]>> };

/** Throws {@link ConfigError} unless every needed key is there and well-formed; nothing has a default in the dark. */
export function readConfig(env: Environment): Config {
  const { states, values } = parse(settings(env));
  const mistakes = keys.filter((key) => states[key] !== "ok" && !(states[key] === "missing" && optional.has(key)));
  if (mistakes.length > 0) throw new ConfigError(explain(mistakes.map((key) => `${key} is ${states[key]}`)));
  // What is needed is there now.
  return Object.freeze(toConfig(values) as Config);
}

export interface Inspection {
  /** `missing` of an optional key is no mistake. */
  readonly states: Readonly<Record<ConfigKey, State>>;
  /** What is well-formed. */
  readonly config: { readonly [key in keyof Config]?: Config[key] | undefined };
  /** The database comes from `NETLIFY_DB_URL`, which the platform sets. */
  readonly isPlatformDatabase: boolean;
}

/** Key by key what {@link readConfig} would say, for a command that explains it. Never throws. */
export function inspectConfig(env: Environment = process.env): Inspection {
  const { states, values } = parse(settings(env));
  const isPlatformDatabase = !env["DATABASE_URL"] && Boolean(env["NETLIFY_DB_URL"]);
  return { states, config: toConfig(values), isPlatformDatabase };
}

/** Only the keys, for a command that signs a link on the author's machine. Throws {@link ConfigError}. */
export function readTokenKeys(env: Environment = process.env): readonly Key[] {
  const { states, values } = parse(env);
  if (!values.TOKEN_KEYS) throw new ConfigError(`TOKEN_KEYS is ${states.TOKEN_KEYS}`);
  return values.TOKEN_KEYS;
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

/** By the names of {@link parsers}: Netlify's own variables stand in for ours. */
function settings(env: Environment): Environment {
  return {
    ...env,
    DATABASE_URL: env["DATABASE_URL"] || env["NETLIFY_DB_URL"],
    SITE_URL: env["SITE_URL"] || env["URL"],
  };
}

const keys = Object.keys(parsers) as ConfigKey[];

/** An empty value in a host's settings is a missing one. */
function parse(given: Environment): { readonly states: Readonly<Record<ConfigKey, State>>; readonly values: Values } {
  const values = Object.fromEntries(keys.map((key) => [key, given[key] ? parsers[key](given[key]) : undefined]));
  const state = (key: ConfigKey): State => (!given[key] ? "missing" : values[key] === undefined ? "malformed" : "ok");
  const states = Object.fromEntries(keys.map((key) => [key, state(key)])) as Record<ConfigKey, State>;
  return { states, values: values as Values };
}

function toConfig(values: Values): Inspection["config"] {
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

function explain(mistakes: readonly string[]): string {
  return `the functions refuse to run: ${mistakes.join(", ")}; see .env.example`;
}

function urlOf(protocols: readonly string[]) {
  return (text: string): string | undefined => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return url && protocols.includes(url.protocol) && url.hostname !== "" ? text : undefined;
  };
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
export function parseTokenKeys(text: string): readonly Key[] | undefined {
  const keys = text.split(",").map((entry) => {
    const [, kid, secret] = /^\s*([\w-]{1,16}):([\w-]{43})=?\s*$/.exec(entry) ?? [];
    return kid && secret ? { kid, secret: Buffer.from(secret, "base64url") } : undefined;
  });
  const sound = keys.filter((key) => key !== undefined);
  const unique = new Set(sound.map((key) => key.kid)).size;
  return sound.length === keys.length && unique === keys.length ? sound : undefined;
}
