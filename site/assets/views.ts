/** Counts a view once the article was visible for two seconds, and shows how many there are. Silent when the counter is down. */
export function countView(): void {
  const place = document.querySelector<HTMLElement>("[data-views]");
  const slug = place?.dataset["views"];
  if (!place || !slug) return;
  let timer = 0;
  const watch = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") timer = window.setTimeout(() => void send(slug), 2000);
  };
  const begin = () => {
    document.addEventListener("visibilitychange", watch);
    watch();
    void show(place, slug);
  };
  if ("prerendering" in document && document.prerendering)
    document.addEventListener("prerenderingchange", begin, { once: true });
  else begin();
}

async function send(slug: string): Promise<void> {
  const body = JSON.stringify({ slug });
  await fetch("/api/views", {
    method: "POST",
    keepalive: true,
    headers: { "content-type": "application/json" },
    body,
  }).catch(() => {});
}

async function show(place: HTMLElement, slug: string): Promise<void> {
  try {
    const response = await fetch("/api/views");
    const counts: unknown = response.ok && (await response.json());
    const count = counts && typeof counts === "object" && slug in counts ? Number(Reflect.get(counts, slug)) : 0;
    if (count > 0) place.textContent = `${count.toLocaleString("en")} view${count === 1 ? "" : "s"}`;
  } catch {
    // No number is better than a wrong one.
  }
}
