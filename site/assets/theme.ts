/** Runs before the first paint: a chosen theme holds from the first pixel. Without a choice the system decides. */
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset["theme"] = theme;
} catch {
  // Storage is forbidden: the system's scheme it is.
}

/** Pages fade into each other. Not in the page's styles: checkers of HTML do not know the rule yet. */
try {
  const fade = new CSSStyleSheet();
  fade.replaceSync("@media(prefers-reduced-motion:no-preference){@view-transition{navigation:auto}}");
  document.adoptedStyleSheets.push(fade);
} catch {
  // Without constructed style sheets pages change as they always did.
}
