/** The picture of an entry. Not as an enclosure: readers offer those for download. @see https://www.rssboard.org/media-rss */
import { type Html, html, trusted } from "../../html.ts";
import type { EntryImage } from "./feed.ts";

export const mediaNamespace = trusted('xmlns:media="http://search.yahoo.com/mrss/"');

export function mediaContent({ url, width, height }: EntryImage): Html {
  const size = width && height && html` width="${width}" height="${height}"`;
  return html`<media:content url="${url}" medium="image"${size}/>
`;
}
