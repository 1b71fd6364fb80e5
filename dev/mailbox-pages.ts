/** The mailbox as pages under `/__mail/`: a list, a mail with its HTML and text, and JSON for tests. */
import { type Html, html, trusted } from "../site/html.ts";
import type { Mail, Mailbox } from "./mailbox.ts";

const styles =
  trusted(`:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:52rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #8884}iframe{width:100%;height:28rem;border:1px solid #8884;background:#fff}
pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #8884;padding:1rem}dt{font-weight:600}dd{margin:0 0 .4rem}`);

/** The answer for a path under `/__mail/`; 404 for anything else there. */
export async function mailboxResponse(mailbox: Mailbox, request: Request): Promise<Response> {
  const [, name = "", part] = /^\/__mail\/([^/]*)(?:\/(.*))?$/.exec(new URL(request.url).pathname) ?? [];
  if (request.method === "DELETE" && name === "messages.json") {
    await mailbox.clear();
    return new Response(null, { status: 204 });
  }
  if (name === "") return page("Mailbox", list(mailbox.list()));
  if (name === "messages.json") return Response.json(mailbox.list(), { headers: { "cache-control": "no-store" } });
  const mail = mailbox.find(name);
  if (!mail) return page("No such mail", html`<p><a href="/__mail/">All mails</a></p>`, 404);
  if (part === "html") return framed(mail);
  if (part === "raw")
    return new Response(await mailbox.raw(mail.id), { headers: { "content-type": "text/plain; charset=utf-8" } });
  return page(mail.subject || "(no subject)", single(mail));
}

function list(mails: readonly Mail[]): Html {
  if (mails.length === 0)
    return html`<p>No mail yet. Send the <a href="/contact/">contact form</a> or <a href="/newsletter/">subscribe</a>, and it appears here.</p>`;
  return html`<table><thead><tr><th>Received</th><th>To</th><th>Subject</th></tr></thead><tbody>${mails.map(
    (mail) =>
      html`<tr><td>${mail.received.slice(0, 19).replace("T", " ")}</td><td>${mail.to.join(", ")}</td><td><a href="/__mail/${mail.id}">${mail.subject || "(no subject)"}</a></td></tr>`,
  )}</tbody></table>`;
}

function single(mail: Mail): Html {
  return html`<p><a href="/__mail/">All mails</a> · <a href="/__mail/${mail.id}/raw">Source</a></p>
<dl><dt>From</dt><dd>${mail.from}</dd><dt>To</dt><dd>${mail.to.join(", ")}</dd>${mail.replyTo && html`<dt>Reply to</dt><dd>${mail.replyTo}</dd>`}</dl>
${mail.html && html`<h2>HTML</h2><iframe src="/__mail/${mail.id}/html" title="HTML part"></iframe>`}
<h2>Text</h2><pre>${linked(mail.text)}</pre>`;
}

/** A mail is somebody else's markup: it runs no script, and its links open in the window around it. */
function framed({ html: markup }: Mail): Response {
  const policy =
    "sandbox allow-top-navigation-by-user-activation allow-popups; default-src 'none'; img-src * data:; style-src 'unsafe-inline'";
  const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": policy };
  return new Response(`<!doctype html><base target="_top">${markup ?? ""}`, { headers });
}

function linked(text: string): Html {
  const pieces = text.split(/(https?:\/\/[^\s<>"]+)/);
  return html`${pieces.map((piece, at) => (at % 2 === 1 ? html`<a href="${piece}">${piece}</a>` : piece))}`;
}

function page(title: string, body: Html, status = 200): Response {
  const markup = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${styles}</style></head><body><h1>${title}</h1>${body}</body></html>`;
  return new Response(markup.markup, {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  });
}
