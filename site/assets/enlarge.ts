/** A picture that is larger than its place opens over the page. */

/** Put in by the build. A constructed style sheet needs no exception in the policy. */
declare const ENLARGE_STYLES: string;

let dialog: HTMLDialogElement | undefined;

/** `link` holds the picture, and leads to its file for those who cannot have this. */
export function enlarge(link: HTMLElement): void {
  dialog ??= makeDialog();
  // With the whole choice of files: the browser takes the one that fits. How large it is is an affair of the styles.
  const copy = link.lastElementChild?.outerHTML.replace(/ sizes="[^"]*/g, ' sizes="96vw');
  dialog.innerHTML = `${copy}<button>Close</button>`;
  dialog.ariaLabel = dialog.querySelector("img")?.alt ?? "";
  // Not every browser gives a clicked link the focus, and it is to return there.
  link.focus();
  dialog.showModal();
}

function makeDialog(): HTMLDialogElement {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(ENLARGE_STYLES);
  document.adoptedStyleSheets.push(sheet);
  const made = document.createElement("dialog");
  made.className = "large";
  // Wherever one clicks, on the button too, it closes.
  made.addEventListener("click", () => made.close());
  document.body.append(made);
  return made;
}
