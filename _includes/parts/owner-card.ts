/** What programs need of the owner's h-card beside what readers see. @see https://microformats.org/wiki/representative-h-card-parsing */
import { type Html, html } from "../../site/html.ts";

/** The first page is the owner's address; one that says so of itself stands for its owner. */
export const ownerAddress: Html = html`<data class="u-url u-uid" value="/"></data>`;
