/** Narrows the works to a technology in place; without JavaScript the same links lead to its page. */
const links = document.querySelectorAll<HTMLAnchorElement>("[data-technology]");
const works = document.querySelectorAll<HTMLElement>("[data-technologies]");

function narrow(technology: string): void {
  let shown = 0;
  for (const work of works) {
    const isShown = !technology || (work.dataset["technologies"] ?? "").split(",").includes(technology);
    work.hidden = !isShown;
    shown += Number(isShown);
  }
  for (const section of document.querySelectorAll<HTMLElement>("main section"))
    section.hidden = !section.querySelector("[data-technologies]:not([hidden])");
  for (const link of links) {
    if (link.dataset["technology"] === technology) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const status = document.querySelector("main [role=status]");
  if (status) status.textContent = `${shown} shown`;
}

for (const link of links) {
  link.addEventListener("click", (event) => {
    // Another tab or window is for the page of the technology.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const technology = link.dataset["technology"] ?? "";
    history.replaceState(null, "", technology ? `#${encodeURIComponent(technology)}` : location.pathname);
    narrow(technology);
  });
}
const chosen = decodeURIComponent(location.hash.slice(1));
if ([...links].some((link) => link.dataset["technology"] === chosen)) narrow(chosen);
