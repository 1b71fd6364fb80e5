/** The whole of a mail around what it says: its head, what stands above an article and below it, in both of its forms. */
import { escapeHtml, type Html, html, trusted } from "../../html.ts";
import { mailHoles } from "../article-mail.ts";
import { lineWidth, wrap } from "./lines.ts";
import { fonts } from "./markup.ts";
import { columnWidth, darkRules, light } from "./palette.ts";
import { underlined } from "./text.ts";

export interface MailFrame {
  /** BCP 47. */
  readonly language: string;
  readonly site: { readonly title: string; readonly url: string };
  /** Of the article, absolute. */
  readonly url: string;
  readonly title: string;
  readonly deck: string;
  /** Date, length and the like. */
  readonly facts: readonly string[];
  /** What stands below the article. */
  readonly notes: readonly string[];
  /** The line that lists of mails show behind the subject. */
  readonly preview: string;
}

const quiet = `font-size:14px;color:${light.quiet}`;
const link = `color:${light.accent}`;
/** Invisible letters behind the preview: lists of mails would go on with the next text. */
const padding = trusted("&#847; ".repeat(40));

/** `body` is markup of the article. */
export function mailDocument(frame: MailFrame, body: string): string {
  const { language, site, url, title, deck, facts, notes, preview } = frame;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${withoutHoles(title)}</title>
<style>:root{color-scheme:light dark}@media(prefers-color-scheme:dark){${trusted(darkRules())}}</style>
</head>
<body style="margin:0;background:${light.paper}">
<div aria-hidden="true" style="display:none;max-height:0;overflow:hidden;mso-hide:all">${withoutHoles(preview)} ${padding}</div>
<div style="background:${light.paper};color:${light.ink};padding:20px 16px 40px;font:16px/1.6 ${trusted(fonts.text)};overflow-wrap:anywhere;word-break:break-word">
${trusted(`<!--[if mso]><table role="presentation" width="${columnWidth}" align="center"><tr><td><![endif]-->`)}
<div style="max-width:${columnWidth}px;margin:0 auto">
<p style="margin:0 0 24px;${quiet}"><a href="${url}" style="${link}">Read on the site</a></p>
<h1 style="font:400 34px/1.15 ${trusted(fonts.display)};letter-spacing:-.01em;margin:0 0 12px">${withoutHoles(title)}</h1>
<p style="margin:0 0 12px;font-size:18px;line-height:1.5;color:${light.quiet}">${withoutHoles(deck)}</p>
<p style="margin:0 0 24px;padding:0 0 24px;border-bottom:1px solid ${light.line};${quiet}">${withoutHoles(facts.join(" · "))}</p>
${trusted(markupWithoutHoles(body))}
${notes.map((note) => html`<p style="margin:24px 0 0;${quiet}">${withoutHoles(note)}</p>\n`)}<div style="margin:48px 0 0;padding:20px 0 0;border-top:1px solid ${light.line};${quiet}">
<p style="margin:0 0 8px">You get this mail because you subscribed to new posts of <a href="${site.url}/" style="${link}">${withoutHoles(site.title)}</a>.</p>
<p style="margin:0"><a href="${mailHoles.unsubscribe}" style="${link}">Unsubscribe</a> · <a href="${mailHoles.preferences}" style="${link}">Change topics, rhythm or address</a></p>
</div>
</div>
${trusted("<!--[if mso]></td></tr></table><![endif]-->")}
</div>
</body>
</html>
`.markup;
}

/** `body` is text of the article. */
export function mailPlainText({ site, url, title, deck, facts, notes }: MailFrame, body: string): string {
  const parts = [
    `Read on the site: <${url}>`,
    [...underlined(wrap(title, lineWidth), "=")].join("\n"),
    wrap(deck, lineWidth).join("\n"),
    wrap(facts.join(" · "), lineWidth).join("\n"),
    body,
    ...notes.map((note) => wrap(note, lineWidth).join("\n")),
  ];
  const foot = [
    "-- ",
    ...wrap(`You get this mail because you subscribed to new posts of ${site.title} <${site.url}/>.`, lineWidth),
    `Unsubscribe: <${mailHoles.unsubscribe}>`,
    `Topics, rhythm, address: <${mailHoles.preferences}>`,
  ];
  const article = parts.filter(Boolean).join("\n\n");
  return `${article.replace(holes, "{\u2060{$1}}")}\n\n${foot.join("\n")}\n`;
}

/** A line of markup with a link, where the mail ends before the article does. */
export function restMarkup(words: string, address: string): string {
  return html`<p style="margin:32px 0 1em"><a href="${address}" style="${link};font-weight:600">${words}</a></p>`
    .markup;
}

/** An article may write of holes, in code for example; they are none. */
const holes = /\{\{(unsubscribe|preferences)\}\}/g;

function markupWithoutHoles(markup: string): string {
  return markup.replace(holes, "&#123;{$1}}");
}

function withoutHoles(text: string): Html {
  return trusted(markupWithoutHoles(escapeHtml(text)));
}
