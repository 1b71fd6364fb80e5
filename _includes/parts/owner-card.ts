/** What programs need of the owner's h-card beside what readers see. @see https://microformats.org/wiki/representative-h-card-parsing */
import type { Profile } from "../../site/content/schemas.ts";
import { type Html, html } from "../../site/html.ts";

/** The first page is the owner's address; one that says so of itself stands for its owner. */
export const ownerAddress: Html = html`<data class="u-url u-uid" value="/"></data>`;

/** A heading with the owner's name; where none is given `instead` is read, and the role is the name of the card. */
export function ownerHeading({ name, role }: Profile, instead: string): Html {
  if (name) return html`<h1 class="p-name">${name}</h1>`;
  return html`<h1>${instead}</h1><data class="p-name" value="${role}"></data>`;
}
