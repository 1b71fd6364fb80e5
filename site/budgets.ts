/** What a reader may have to download before reading, in bytes as brotli: ten packets, with room for TLS and headers. */

export const budgets = Object.freeze({
  /** An article with all its styles. */
  articleMaxBytes: 12_500,
  /** The home page and pages of lists, with all their styles. */
  listMaxBytes: 9_000,
  /** All scripts that a page loads. */
  scriptsMaxBytes: 1_500,
});
