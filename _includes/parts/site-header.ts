/** Name and navigation. */
import type { Blog } from "../../site/content/blog.ts";
import { type Html, html } from "../../site/html.ts";

/** `url` is the path of the page shown, for marking where the reader is. */
export function siteHeader({ site, navigation }: Blog, url: string): Html {
  const links = navigation.map(
    (item) => html`<li><a href="${item.url}"${current(item.url, url)}>${item.label}</a></li>`,
  );
  return html`<header class="site-header">
<a class="site-title" href="/"${url === "/" && html` aria-current="page"`}>${site.title}</a>
<nav aria-label="Main"><ul>${links}<li><a href="/search/"${current("/search/", url)}>Search</a></li></ul></nav>
<button type="button" class="theme-switch" hidden><svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6.5"/><path d="M8 1.5a6.5 6.5 0 0 1 0 13z"/></svg></button>
</header>`;
}

function current(target: string, url: string): Html | false {
  if (target === url) return html` aria-current="page"`;
  return target !== "/" && url.startsWith(target) && html` aria-current="true"`;
}
