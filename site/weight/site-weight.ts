/** What the pages of a build weigh, for the page that says so. */

export interface SiteWeight {
  /** Pages of the site. */
  readonly pages: number;
  readonly home: PageWeight;
  readonly list: PageWeight;
  /** The article in the middle, by the length of the page, and the longest one; absent without articles. */
  readonly median: PageWeight | undefined;
  readonly longest: PageWeight | undefined;
  /** Bytes as brotli of the styles in the longest article, and of the script that every page loads. */
  readonly styleBytes: number;
  readonly scriptBytes: number;
  /** Those in the response headers of the longest article. */
  readonly headerBytes: number;
}

export interface PageWeight {
  /** Path from the origin. */
  readonly url: string;
  /** As brotli, with response headers. */
  readonly bytes: number;
  /** How much of the page comes in the first flight, 0 to 1. */
  readonly firstFlightShare: number;
  /** How many words of an article come in it. */
  readonly firstFlightWords: number;
  /** What is fetched for it, the page itself included. */
  readonly requests: number;
  readonly blockingRequests: number;
  /** Requests to any other site. */
  readonly foreignRequests: number;
}
