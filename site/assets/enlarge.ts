/** A picture that is larger than its place opens over the page. Without this its link leads to the file. */
export function enlargePictures(): void {
  const dialog = document.createElement("dialog");
  const button = document.createElement("button");
  button.textContent = "Close";
  dialog.className = "large";
  // Wherever one clicks, on the button too, it closes.
  dialog.addEventListener("click", () => dialog.close());
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLElement>(".zoom");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    dialog.replaceChildren(largeCopy(link.lastElementChild as HTMLElement), button);
    dialog.ariaLabel = dialog.querySelector("img")?.alt ?? "";
    document.body.append(dialog);
    // Not every browser gives a clicked link the focus, and it is to return there.
    link.focus();
    dialog.showModal();
  });
}

/** As large as the window allows. A copy of the whole choice of files: the browser takes the one that fits. */
function largeCopy(shown: HTMLElement): HTMLElement {
  const copy = shown.cloneNode(true) as HTMLElement;
  const image = copy.querySelector("img") ?? (copy as HTMLImageElement);
  const size = (name: string) => Number(image.getAttribute(name));
  const [width, height] = [size("width"), size("height")];
  const scale = 0.96 * Math.min(innerWidth / width, innerHeight / height);
  for (const part of [image, ...copy.children]) part.setAttribute("sizes", `${width * scale}px`);
  image.width = width * scale;
  image.height = height * scale;
  return copy;
}
