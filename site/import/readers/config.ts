/** Configuration files of other engines, as far as they say where posts were published. */
import { parse as parseToml, TomlError } from "smol-toml";
import { parseYaml } from "../../content/structured.ts";
import { asRecord, asText } from "../values.ts";
import { firstText } from "./project-files.ts";

export type Config = Readonly<Record<string, unknown>>;

/** The first of several files, YAML, TOML or JSON; empty when none is there or it cannot be read. */
export async function readConfig(root: string, files: readonly string[]): Promise<Config> {
  const { file, text } = await firstText(root, files);
  try {
    return asRecord(file.endsWith(".toml") ? parseToml(text) : parseYaml(text, 0).value);
  } catch (error) {
    if (error instanceof TomlError) return {};
    throw error;
  }
}

/** A value at a dotted path, whatever the case of its keys. */
export function valueAt(config: Config, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => {
    const found = Object.entries(asRecord(value)).find(([name]) => name.toLowerCase() === key.toLowerCase());
    return found?.[1];
  }, config);
}

/** Hosts and path of the address at which the old blog was. */
export function siteOf(
  address: unknown,
  basePath?: unknown,
): { readonly hosts: readonly string[]; readonly basePath: string } {
  const written = asText(address) ?? "";
  const url = /^https?:\/\//.test(written) && URL.canParse(written) ? new URL(written) : undefined;
  const base = asText(basePath) ?? url?.pathname ?? "";
  return { hosts: url ? [url.host] : [], basePath: base.replace(/^(?!\/)(?=.)/, "/").replace(/\/+$/, "") };
}

/** A permalink pattern filled in: `/:year/:month/:title/`. Unknown words make it undefined. */
export function fillIn(pattern: string, words: Readonly<Record<string, string>>): string | undefined {
  let isKnown = true;
  const filled = pattern.replace(/:([a-z_]+)/g, (_, name: string) => {
    const value = Object.hasOwn(words, name) ? words[name] : undefined;
    if (value === undefined) isKnown = false;
    return value ?? "";
  });
  return isKnown ? `/${filled}`.replace(/\/{2,}/g, "/") : undefined;
}

/** Parts of a date as patterns name them. */
export function dateWords(day: string): Readonly<Record<string, string>> {
  const [year = "", month = "", date = ""] = day.split("-");
  const moment = new Date(`${day}T00:00:00Z`);
  const inWords = (options: Intl.DateTimeFormatOptions) => moment.toLocaleString("en", { ...options, timeZone: "UTC" });
  const yearday = String(Math.round((moment.getTime() - Date.UTC(Number(year), 0, 1)) / 86_400_000) + 1);
  return {
    year,
    month,
    day: date,
    short_year: year.slice(2),
    i_month: String(Number(month)),
    i_day: String(Number(date)),
    y_day: yearday.padStart(3, "0"),
    yearday,
    short_month: inWords({ month: "short" }),
    long_month: inWords({ month: "long" }),
    monthname: inWords({ month: "long" }).toLowerCase(),
    weekdayname: inWords({ weekday: "long" }).toLowerCase(),
    weekday: String(moment.getUTCDay()),
  };
}
