/** What a person sees who opens a feed in a browser: how to use it, and what is in it. XSLT is leaving the browsers; CSS stays. */
import { type Html, html, trusted } from "../../html.ts";
import type { Feed } from "./feed.ts";

export const styleSheetUrl = "/feed.css";

export const styleSheet = trusted(`<?xml-stylesheet type="text/css" href="${styleSheetUrl}"?>`);

/** Words in the namespace of XHTML, which readers of feeds pass over (RFC 4287 §6; RSS 2.0, "Extending RSS"). */
export function banner({ home, title }: Feed): Html {
  return html`<p xmlns="http://www.w3.org/1999/xhtml">This is a feed: copy its address into a feed reader, and new articles come to you. <a href="${home}">Read ${title} as a page</a>.</p>`;
}
