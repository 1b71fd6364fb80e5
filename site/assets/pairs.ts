/** A picture for dark pages follows the theme that the reader has chosen, from the first pixel; without a choice it follows the system. */
const dark = "(prefers-color-scheme: dark)";
const endings: Readonly<Record<string, string>> = { dark: ", screen", light: " and (width < 0)" };
const root = document.documentElement;

new MutationObserver(() => {
  const media = dark + (endings[root.dataset["theme"] ?? ""] ?? "");
  for (const source of document.querySelectorAll<HTMLSourceElement>(`source[media^="${dark}"]`)) source.media = media;
}).observe(root, { attributeFilter: ["data-theme"], childList: true, subtree: true });
