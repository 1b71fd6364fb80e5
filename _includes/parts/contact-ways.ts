/** Where to go on and how to reach the owner, as text. Profiles that are not filled in are left out. */
import type { Profile } from "../../site/content/schemas.ts";
import { type Html, html } from "../../site/html.ts";

/** What somebody who judges the owner wants next. */
export const proofs = [
  ["/work/", "Work"],
  ["/posts/", "Writing"],
  ["/cv/", "CV"],
  ["/contact/", "Contact"],
] as const;

export const contacts = [
  ["/contact/", "Contact"],
  ["/newsletter/", "Newsletter"],
] as const;

export function contactWays(ways: typeof proofs | typeof contacts, { profiles }: Profile): Html {
  return html`<ul class="ways">${ways.map(([url, label]) => html`<li><a href="${url}">${label}</a></li>`)}${profiles.map((link) => html`<li><a class="u-url" href="${link.url}" rel="me">${link.label}</a></li>`)}</ul>`;
}
