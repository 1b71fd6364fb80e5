/** What a reader may have to download before reading, in bytes as brotli with response headers, where nothing else is said. */

export const budgets = Object.freeze({
  /** Ten packets of 1,460 bytes, which a server sends before it waits for an answer. @see RFC 6928 */
  firstFlightBytes: 14_600,
  /** An article of this many words, with pictures, tables and code, and all its styles. */
  articleWords: 1_900,
  articleMaxBytes: 12_500,
  /** Words of an article of any length that come with its styles in the first flight. */
  firstFlightWords: 1_200,
  /** The home page and pages of lists, with all their styles. */
  listMaxBytes: 9_000,
  /** The script of every page, without headers. */
  scriptMaxBytes: 1_500,
  /** A script that one page has beside it, for a tool of its own. */
  toolMaxBytes: 500,
});
