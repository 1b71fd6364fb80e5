/** Loads what opens a picture over the page when somebody presses one. Without this the link leads to the file. */

/** Put in by the build: the address of enlarge.ts. */
declare const ENLARGE_SCRIPT: string;

export function zoomLinks(): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a.zoom");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    import(ENLARGE_SCRIPT).then(
      ({ enlarge }) => enlarge(link),
      () => location.assign(link.href),
    );
  });
}
