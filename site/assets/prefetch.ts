/** A page is fetched when its link is pointed at, so that it is there when it is clicked. */

/**
 * Addresses of pages end in a slash: files and links that hold a token do not, and nothing below /api/ does.
 * A preview's address is a secret, and its answer is made anew each time.
 * @see https://wicg.github.io/nav-speculation/speculation-rules.html
 */
export const prefetchRules = JSON.stringify({
  prefetch: [
    {
      where: { and: [{ href_matches: ["/", "/*/"] }, { not: { href_matches: "/preview/*" } }] },
      eagerness: "moderate",
    },
  ],
});

/** The policy of the pages knows the rules by their hash. To a browser that does not know them they are data, and no script. */
export function prefetchPages(): void {
  const script = document.createElement("script");
  script.type = "speculationrules";
  script.textContent = prefetchRules;
  document.head.append(script);
}
