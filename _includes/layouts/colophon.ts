/** How the site is made, and what its pages weigh in this very build. */
import { budgets } from "../../site/budgets.ts";
import { type Html, html } from "../../site/html.ts";
import type { SiteModel } from "../../site/template.ts";
import type { PageWeight, SiteWeight } from "../../site/weight/site-weight.ts";
import { base } from "./base.ts";

export const colophonUrl = "/colophon/";

const description = "How this site is made, and what its pages weigh, measured while they were built.";

export function colophon(model: SiteModel, weight: SiteWeight): Html {
  const { repository } = model.blog.site;
  const source = repository && html` Its <a href="${repository}">source</a> is open.`;
  const main = html`<div class="page"><h1>Colophon</h1>
<p class="deck">${description}</p>
<div class="prose"><p>Articles are text files in Markdown. A program in TypeScript turns them into plain pages with Eleventy, once for each change; the contact form, the newsletter and the view counter are small functions over PostgreSQL.${source}</p>
<p>Nothing is needed to read but the page itself: styles are in it, type is that of your system, colours follow your system or the switch above. Scripts only add to it. A policy forbids anything that is not named by its content or does not come from this site.</p>
<h2>What a page weighs</h2>
<p>A server sends the first ${number(budgets.firstFlightBytes)} bytes without waiting for an answer. What fits into them is there after one round trip, however far away you are. Bytes are those that travel: as brotli, with response headers, which are ${number(weight.headerBytes)} bytes of an article.</p>
${pageTable(weight)}
<p>The first page and every list may have ${number(budgets.listMaxBytes)} bytes, an article of ${number(budgets.articleWords)} words ${number(budgets.articleMaxBytes)}; a longer one must bring its styles and its first ${number(budgets.firstFlightWords)} words in one round trip. The styles of the longest article make ${number(weight.styleBytes)} bytes of it. The script of every page comes after the text and has ${number(weight.scriptBytes)} of ${number(budgets.scriptMaxBytes)} bytes. This build made ${number(weight.pages)} pages.</p></div></div>`;
  return base({ model, url: colophonUrl, title: "Colophon", description, main, styles: ["prose"] });
}

const columns = ["Bytes", "In one round trip", "Requests", "Before the text", "To other sites"];

function pageTable({ home, list, median, longest }: SiteWeight): Html {
  const rows = {
    "The first page": home,
    "All articles": list,
    "A middling article": median,
    "The longest one": longest,
  };
  return html`<div class="table-box" role="region" aria-label="Weight of pages" tabindex="0"><table>
<thead><tr><th scope="col">Page</th>${columns.map((name) => html`<th scope="col" class="right">${name}</th>`)}</tr></thead>
<tbody>${Object.entries(rows).map(([name, page]) => page && pageRow(name, page))}</tbody></table></div>`;
}

function pageRow(name: string, page: PageWeight): Html {
  const { url, bytes, firstFlightShare, requests, blockingRequests, foreignRequests } = page;
  const arrived = firstFlightShare === 1 ? "all" : `${Math.floor(firstFlightShare * 100)} %`;
  const cells = [number(bytes), arrived, requests, blockingRequests, foreignRequests];
  return html`<tr><th scope="row"><a href="${url}">${name}</a></th>${cells.map((cell) => html`<td class="right">${cell}</td>`)}</tr>
`;
}

function number(n: number): string {
  return n.toLocaleString("en");
}
