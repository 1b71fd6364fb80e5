/** Shows a draft, or a post before its day, to whoever has its link. */
import { html } from "../../../site/html.ts";
import type { Previews } from "../../../site/publish/previews.ts";
import type { Call } from "../http/call.ts";
import { file, page, seeOther, wholePage } from "../http/respond.ts";
import type { Services } from "../services.ts";
import { readPreviewToken } from "./link.ts";

/** The address is the key: it goes to no other site, no cache and no search engine. */
const headers = { "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex", "Cache-Control": "private, no-store" };

/** `/preview/<token>/` is the page; what stands behind that is a file beside the post. */
export function showPreview({ keys, site, clock }: Services, previews: Previews, { url }: Call): Response {
  const [, token, rest] = /^\/preview\/([^/]+)(?:\/(.*))?$/.exec(url.pathname) ?? [];
  const link = readPreviewToken(keys, token);
  if (!link) return sorry(404, "This link is not valid", "It is incomplete. Please ask the author for it again.");
  if (clock().getTime() >= link.expiresAt * 1000) {
    return sorry(410, "This link has ended", "It was valid for some days only. Please ask the author for a new one.");
  }
  const published = site.posts.find((post) => post.slug === link.slug);
  if (published) return seeOther(published.url);
  const preview = Object.hasOwn(previews, link.slug) ? previews[link.slug] : undefined;
  if (!preview) return sorry(404, "There is no such draft", "The author has removed it, or not put it online yet.");
  // Without the slash the pictures would be looked for one level up.
  if (rest === undefined) return seeOther(`${url.pathname}/`);
  if (rest === "") return wholePage(preview.html, headers);
  const name = decoded(rest);
  const content = Object.hasOwn(preview.files, name) ? preview.files[name] : undefined;
  if (content === undefined) return sorry(404, "Not found", "There is nothing of this name here.");
  return file(Buffer.from(content, "base64"), typeOf(name), headers);
}

function sorry(status: number, title: string, detail: string): Response {
  const main = html`<h1>${title}</h1>
<p>${detail}</p>
<p><a href="/">To the first page</a></p>`;
  return page({ status, title, main, headers });
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const types: Readonly<Record<string, string>> = {
  avif: "image/avif",
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  png: "image/png",
  svg: "image/svg+xml",
  webp: "image/webp",
};

/** Anything that is no picture is offered for download. */
function typeOf(name: string): string {
  return types[name.slice(name.lastIndexOf(".") + 1).toLowerCase()] ?? "application/octet-stream";
}
