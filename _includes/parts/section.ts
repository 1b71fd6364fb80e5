/** A part of a page under its heading; nothing when there is nothing in it. */
import { type Html, html } from "../../site/html.ts";

export function section(title: string, content: Html | false): Html | false {
  return content && html`<section><h2>${title}</h2>\n${content}</section>\n`;
}
