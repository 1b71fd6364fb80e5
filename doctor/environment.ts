/** The functions' environment: what is absent, what they would refuse, and what they would take to their harm. */
import type { ConfigKey, Inspection } from "../functions/lib/config.ts";
import { isThisMachine } from "../functions/lib/mail/mailer.ts";
import { isExampleDomain } from "./example-domain.ts";
import { type Finding, missing, ok, wrong } from "./finding.ts";
import { checkTokenKeys } from "./token-keys.ts";

/** What a key should hold, for whoever has to fill it in. */
const forms = {
  DATABASE_URL: "postgres://user:password@host/database?sslmode=verify-full; Netlify Database sets its own",
  SMTP_URL: "smtp://user:password@host:587, or smtps:// for port 465",
  MAIL_FROM: "Name <blog@your.domain>",
  CONTACT_TO: "one address, you@your.domain",
  TOKEN_KEYS: "name:secret; .env.example has the command that makes one",
} as const satisfies { readonly [key in ConfigKey]?: string };

/** `dueCount` is how many posts wait for their moment. */
export function checkEnvironment(inspection: Inspection, dueCount: number): readonly Finding[] {
  const needed = Object.keys(forms) as (keyof typeof forms)[];
  return [
    ...needed.flatMap((key) => unusable(inspection, key) ?? sound[key](inspection)),
    checkSiteUrl(inspection),
    checkBuildHook(inspection, dueCount),
    checkWebhook(inspection),
  ];
}

function unusable({ states }: Inspection, key: keyof typeof forms): readonly Finding[] | undefined {
  const remedy = `set it to ${forms[key]}`;
  if (states[key] === "missing") return [missing(key, "not set: no function would run", { remedy, blocks: true })];
  if (states[key] === "malformed") return [wrong(key, "malformed: no function would run", { remedy, blocks: true })];
  return undefined;
}

/** What there is to say of a key that the functions take. */
const sound: Readonly<Record<keyof typeof forms, (inspection: Inspection) => readonly Finding[]>> = {
  DATABASE_URL: ({ config, isPlatformDatabase }) =>
    isPlatformDatabase ? [ok("NETLIFY_DB_URL", "set by the platform")] : [encryption(config.databaseUrl ?? "")],
  SMTP_URL: () => [ok("SMTP_URL", "well formed")],
  MAIL_FROM: ({ config }) => [mailAddress("MAIL_FROM", config.mailFrom?.address ?? "")],
  CONTACT_TO: ({ config }) => [mailAddress("CONTACT_TO", config.contactTo?.address ?? "")],
  TOKEN_KEYS: ({ config }) => checkTokenKeys(config.tokenKeys ?? []),
};

/** As the driver reads the address. @see https://www.postgresql.org/docs/current/libpq-ssl.html */
function encryption(databaseUrl: string): Finding {
  const { hostname, searchParams } = new URL(databaseUrl);
  const mode = searchParams.get("sslmode") ?? searchParams.get("ssl") ?? "disable";
  const remedy = "add sslmode=verify-full to it";
  if (isThisMachine(hostname)) return ok("DATABASE_URL", "well formed, on this machine");
  if (/^(?:disable|false|allow|prefer)$/.test(mode))
    return wrong("DATABASE_URL", `what goes to ${hostname} need not be encrypted`, { remedy });
  if (mode === "require") return wrong("DATABASE_URL", `encrypted, but anybody may pose as ${hostname}`, { remedy });
  return ok("DATABASE_URL", "well formed, encrypted");
}

function mailAddress(key: ConfigKey, address: string): Finding {
  const domain = address.slice(address.lastIndexOf("@") + 1);
  if (!isExampleDomain(domain)) return ok(key, address);
  return wrong(key, `${domain} is a domain for examples`, { remedy: "use one of your own", blocks: true });
}

function checkSiteUrl({ states, config: { siteUrl } }: Inspection): Finding {
  const remedy = "set it to an origin such as https://your.domain, without a path";
  if (states.SITE_URL === "malformed") return wrong("SITE_URL", "malformed", { remedy, blocks: true });
  if (!siteUrl) return ok("SITE_URL", 'not set; "url" of site.json serves');
  if (siteUrl.startsWith("http:") && !isThisMachine(new URL(siteUrl).hostname))
    return wrong("SITE_URL", "not encrypted: links in mails would be http://", { remedy });
  return ok("SITE_URL", siteUrl);
}

function checkWebhook({ states }: Inspection): Finding {
  const key = "MAIL_WEBHOOK_SECRET";
  const remedy = "set it to the signing secret that the mail provider shows, whsec_…";
  if (states[key] === "malformed") return wrong(key, "malformed: no function would run", { remedy, blocks: true });
  return ok(key, states[key] === "ok" ? "well formed" : "not set: bounces and complaints are not heard of");
}

function checkBuildHook({ states }: Inspection, dueCount: number): Finding {
  const remedy = "make a build hook at the host and set its address";
  if (states.BUILD_HOOK_URL === "malformed")
    return wrong("BUILD_HOOK_URL", "malformed: no function would run", { remedy, blocks: true });
  if (states.BUILD_HOOK_URL === "ok") return ok("BUILD_HOOK_URL", "set");
  if (dueCount === 0) return ok("BUILD_HOOK_URL", "not set, and no post waits for its moment");
  const posts = dueCount === 1 ? "a post that waits" : `${dueCount} posts that wait`;
  return missing("BUILD_HOOK_URL", `not set: ${posts} for a moment to come will not go live alone`, { remedy });
}
