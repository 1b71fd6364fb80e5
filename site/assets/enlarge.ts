/** A picture that is larger than its place opens over the page. */
let dialog: HTMLDialogElement | undefined;
const button = document.createElement("button");
button.textContent = "Close";

/** `link` holds the picture, and leads to its file for those who cannot have this. */
export function enlarge(link: HTMLElement): void {
  dialog ??= makeDialog();
  dialog.replaceChildren(largeCopy(link.lastElementChild as HTMLElement), button);
  dialog.ariaLabel = dialog.querySelector("img")?.alt ?? "";
  // Not every browser gives a clicked link the focus, and it is to return there.
  link.focus();
  dialog.showModal();
}

function makeDialog(): HTMLDialogElement {
  const made = document.createElement("dialog");
  made.className = "large";
  // Wherever one clicks, on the button too, it closes.
  made.addEventListener("click", () => made.close());
  document.body.append(made);
  return made;
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
