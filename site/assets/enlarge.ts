/** A picture that is larger than its place opens over the page. Without this its link leads to the file. */
export function enlargePictures(): void {
  const dialog = document.createElement("dialog");
  dialog.className = "large";
  dialog.ariaLabel = "Picture";
  // Wherever one clicks, on the button too, it closes.
  dialog.onclick = () => dialog.close();
  document.addEventListener("click", (event) => {
    const shown = (event.target as Element).closest(".zoom")?.lastElementChild;
    if (!shown || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    // With the whole choice of files: the browser takes the one that fits.
    dialog.innerHTML = `${shown.outerHTML.replace(/sizes="[^"]*/g, 'sizes="96vw')}<button>Close</button>`;
    document.body.append(dialog);
    dialog.showModal();
  });
}
