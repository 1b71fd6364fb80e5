/** Marks the section that is read in the contents list. */
export function markSection(): void {
  const links = new Map(
    [...document.querySelectorAll<HTMLAnchorElement>(".contents a")].map((link) => [link.hash.slice(1), link]),
  );
  if (links.size === 0) return;
  let marked: HTMLAnchorElement | undefined;
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        const link = links.get(target.id);
        if (!isIntersecting || !link) continue;
        marked?.removeAttribute("aria-current");
        link.setAttribute("aria-current", "true");
        marked = link;
      }
    },
    // A heading counts once it has come to the upper third of the window.
    { rootMargin: "0px 0px -66%" },
  );
  for (const heading of document.querySelectorAll(".prose > h2")) observer.observe(heading);
}
