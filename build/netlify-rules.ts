/** What the host is told in netlify.toml and in the built `_headers` and `_redirects`: headers, redirects, schedules. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "smol-toml";
import * as v from "valibot";

const Netlify = v.object({
  headers: v.optional(v.array(v.object({ for: v.string(), values: v.record(v.string(), v.string()) })), []),
  redirects: v.optional(
    v.array(v.object({ from: v.string(), to: v.string(), status: v.optional(v.number(), 301) })),
    [],
  ),
  functions: v.optional(v.record(v.string(), v.unknown()), {}),
});

export interface NetlifyRules {
  /** Headers of a path, the later rule winning. */
  headersFor(path: string): Readonly<Record<string, string>>;
  /** Where a path is redirected to, if it is. */
  redirectFor(path: string): { readonly to: string; readonly status: number } | undefined;
  /** Cron expression by function name. */
  readonly schedules: ReadonlyMap<string, string>;
}

/** The files that the build wrote for the host, as text. */
export interface BuiltRules {
  readonly headers: string;
  readonly redirects: string;
}

/** @throws what the file system and the TOML parser throw */
export async function readNetlifyRules(root: string, built: BuiltRules): Promise<NetlifyRules> {
  const rules = v.parse(Netlify, parse(await readFile(path.join(root, "netlify.toml"), "utf8")));
  const headers = [...rules.headers, ...parseHeadersFile(built.headers)];
  const redirects = [...parseRedirectsFile(built.redirects), ...rules.redirects];
  return {
    headersFor: (path) => headersAt(headers, path),
    redirectFor(path) {
      for (const { from, to, status } of redirects) {
        const splat = splatOf(from, path);
        if (splat !== undefined) return { to: to.replace(":splat", splat), status };
      }
      return undefined;
    },
    schedules: schedulesOf(rules.functions),
  };
}

interface HeaderRule {
  readonly for: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Headers of a path by rules of which the later wins. */
export function headersAt(rules: readonly HeaderRule[], path: string): Readonly<Record<string, string>> {
  return Object.assign(
    {},
    ...rules.filter((rule) => splatOf(rule.for, path) !== undefined).map(({ values }) => values),
  );
}

/** What a trailing `*` stands for, `""` on an exact match, `undefined` on none. A final slash makes no difference. */
function splatOf(pattern: string, path: string): string | undefined {
  if (pattern.endsWith("*")) return path.startsWith(pattern.slice(0, -1)) ? path.slice(pattern.length - 1) : undefined;
  return path.replace(/\/$/, "") === pattern.replace(/\/$/, "") ? "" : undefined;
}

/** The rules of a `_headers` file, in their order. */
export function parseHeadersFile(text: string): readonly HeaderRule[] {
  const rules: { for: string; values: Record<string, string> }[] = [];
  for (const line of text.split("\n").filter((line) => line.trim() && !line.startsWith("#"))) {
    const colon = line.indexOf(":");
    const current = rules.at(-1);
    if (!/^\s/.test(line)) rules.push({ for: line.trim(), values: {} });
    else if (current && colon > 0) current.values[line.slice(0, colon).trim()] = line.slice(colon + 1).trim();
  }
  return rules;
}

function parseRedirectsFile(text: string): { from: string; to: string; status: number }[] {
  const lines = text.split("\n").filter((line) => line.trim() && !line.startsWith("#"));
  return lines.map((line) => {
    const [from = "", to = "", status = "301"] = line.trim().split(/\s+/);
    return { from, to, status: Number(status) };
  });
}

function schedulesOf(functions: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const scheduled = v.object({ schedule: v.string() });
  return new Map(
    Object.entries(functions).flatMap(([name, value]) =>
      v.is(scheduled, value) ? [[name, value.schedule] as const] : [],
    ),
  );
}
