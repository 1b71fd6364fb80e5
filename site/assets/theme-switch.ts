/** A button that goes round system, light and dark. */
const themes = ["system", "light", "dark"] as const;
type Theme = (typeof themes)[number];

export function themeSwitch(): void {
  const button = document.querySelector<HTMLButtonElement>(".theme-switch");
  if (!button) return;
  const root = document.documentElement;
  const current = (): Theme => (root.dataset["theme"] as Theme | undefined) ?? "system";
  const label = () => {
    button.title = `Theme: ${current()}`;
    button.setAttribute("aria-label", button.title);
  };
  button.addEventListener("click", () => {
    const next = themes[(themes.indexOf(current()) + 1) % themes.length] ?? "system";
    if (next === "system") delete root.dataset["theme"];
    else root.dataset["theme"] = next;
    try {
      localStorage.setItem("theme", next);
    } catch {
      // The choice lasts for this page only.
    }
    label();
  });
  label();
  button.hidden = false;
}
