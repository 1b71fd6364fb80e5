/** The environment of the build and of `npm start`, read once and checked. */
import path from "node:path";

export interface SiteConfig {
  /** Project root, absolute. */
  readonly root: string;
  /** Takes the place of `url` in site.json; no trailing slash. */
  readonly siteUrl: string | undefined;
  /** PostgreSQL to use; `npm start` brings its own when there is none. */
  readonly databaseUrl: string | undefined;
  /** PostgreSQL whose migrations a production build applies. Netlify Database has its platform do that. */
  readonly databaseToMigrate: string | undefined;
  /** Mail server to use; `npm start` brings its own when there is none. */
  readonly smtpUrl: string | undefined;
  /** Command that opens a file for the author. */
  readonly editor: string | undefined;
  /** Running in a GitHub workflow, which shows problems at their lines. */
  readonly isGitHubActions: boolean;
  /** Running where nobody watches: a pipeline of any make says so. */
  readonly isCi: boolean;
  /** Folder in which the person typed the command, absolute: npm runs scripts in the project's. */
  readonly calledFrom: string;
  /** An npm script started this process. */
  readonly isRunByNpm: boolean;
  /** TCP port of `npm start`. */
  readonly port: number;
  /** Address that `npm start` listens on; 127.0.0.1 unless HOST says otherwise. */
  readonly host: string;
  /** Folder of everything `npm start` keeps: database, mails, secrets. Absolute. */
  readonly dataDirectory: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A value of the environment that cannot be used; the message says which and why. */
export class ConfigError extends Error {}

/** @throws {ConfigError} */
export function readSiteConfig(root: string, env: Environment = process.env): SiteConfig {
  const isProduction = env["CONTEXT"] === "production";
  const publishedUrl = isProduction ? env["URL"] : env["DEPLOY_PRIME_URL"];
  return Object.freeze({
    root,
    siteUrl: origin("SITE_URL", env["SITE_URL"] || publishedUrl),
    databaseUrl: env["DATABASE_URL"] || env["NETLIFY_DB_URL"] || undefined,
    databaseToMigrate: (isProduction && env["DATABASE_URL"]) || undefined,
    smtpUrl: env["SMTP_URL"] || undefined,
    editor: env["VISUAL"] || env["EDITOR"] || undefined,
    isGitHubActions: env["GITHUB_ACTIONS"] === "true",
    isCi: !["", "false", "0"].includes(env["CI"] ?? ""),
    calledFrom: env["INIT_CWD"] || process.cwd(),
    isRunByNpm: Boolean(env["npm_lifecycle_event"]),
    port: port(env["PORT"] || "8888"),
    host: env["HOST"] || "127.0.0.1",
    dataDirectory: path.resolve(root, env["DATA_DIR"] || ".data"),
  });
}

/** Reads `.env` of the project, if there is one. What the person set already stays. */
export function loadEnvironmentFile(root: string): void {
  try {
    process.loadEnvFile(path.join(root, ".env"));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
}

/** Gives the functions their environment, as the platform does. What the person set already stays. */
export function provideEnvironment(values: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(values)) process.env[key] ||= value;
}

/** The same for what is not for the person to say. An empty value takes a key away. */
export function overrideEnvironment(values: Readonly<Record<string, string>>): void {
  Object.assign(process.env, values);
}

function origin(key: string, text: string | undefined): string | undefined {
  if (!text) return undefined;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new ConfigError(`${key} is no web address: ${text}`);
  return new URL(text).origin;
}

function port(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 65_535)
    throw new ConfigError(`PORT is no port number: ${text}`);
  return number;
}
