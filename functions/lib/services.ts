/** What the doors hand to the features: opened at the first request, kept while the instance lives. */
import { randomBytes } from "node:crypto";
import type { SiteManifest } from "../../site/publish/manifest.ts";
import { type Config, config, forgetConfig } from "./config.ts";
import { type KeyRing, keyRing } from "./keys.ts";
import { site } from "./site-manifest.ts";
import { type Database, openDatabase } from "./store/database.ts";

export interface Services {
  readonly config: Config;
  readonly site: SiteManifest;
  /** Origin for links in mail, without a trailing slash. */
  readonly siteUrl: string;
  readonly database: Database;
  readonly keys: KeyRing;
  readonly clock: () => Date;
  readonly random: (bytes: number) => Buffer;
}

let opened: Services | undefined;

/** Throws ConfigError when the environment is not complete. Connects to nothing yet. */
export function services(): Services {
  opened ??= openServices(config());
  return opened;
}

/** Closes the connections and forgets the environment; the next call opens anew. */
export async function closeServices(): Promise<void> {
  const { database } = opened ?? {};
  opened = undefined;
  forgetConfig();
  await database?.close();
}

function openServices(config: Config): Services {
  return {
    config,
    site,
    siteUrl: config.siteUrl ?? site.site.url,
    database: openDatabase(config.databaseUrl),
    keys: keyRing(config.tokenKeys),
    clock: () => new Date(),
    random: randomBytes,
  };
}
