/** Where to report a hole in the site. @see RFC 9116 */
import { DateTime } from "luxon";
import type { Blog } from "../content/blog.ts";
import { toIso } from "../content/dates.ts";

export const securityTxtUrl = "/.well-known/security.txt";

/**
 * The standard wants to know when the file is out of date: a year after the last change of a post, when nobody may be there any
 * more, and the same site is the same bytes. Absent when there are no posts.
 */
export function securityTxt({ site, profile, posts }: Blog): string | undefined {
  const changes = posts.map(({ modified }) => modified.toUTC());
  const lastChange = DateTime.max(...changes);
  if (!lastChange) return undefined;
  const contact = profile.email ? `mailto:${profile.email}` : `${site.url}/contact/`;
  const lines = [
    `Contact: ${contact}`,
    `Expires: ${toIso(lastChange.plus({ years: 1 }))}`,
    `Preferred-Languages: ${site.language}`,
    `Canonical: ${site.url}${securityTxtUrl}`,
  ];
  return `${lines.join("\n")}\n`;
}
