/** Runs before the first paint: a chosen theme holds from the first pixel. Without a choice the system decides. */
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset["theme"] = theme;
} catch {
  // Storage is forbidden: the system's scheme it is.
}
