/** Up and down go from the field through the results and back. */
export function arrowKeys(input: HTMLInputElement, box: HTMLElement): void {
  const move = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops: HTMLElement[] = [input, ...box.querySelectorAll<HTMLElement>("ol a")];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  };
  input.addEventListener("keydown", move);
  box.addEventListener("keydown", move);
}
