/**
 * Counts a reader once the article was visible for two seconds, and shows how many there were. The requests are a worker's:
 * Chromium writes a line to the console for each request of a page that fails, whatever its script does about it, and none
 * for those of a worker. So the page is the same to the last detail when the counter is down.
 */

/** In the page. `script` is the address of this file, which the worker runs too. */
export function countView(page: Document, script: string): void {
  const place = page.querySelector<HTMLElement>(".views");
  let worker: Worker;
  let timer: ReturnType<typeof setTimeout>;
  const watch = () => {
    clearTimeout(timer);
    // A page that is prerendered is hidden too, until the reader comes.
    if (place && !page.hidden) {
      if (!worker) {
        worker = new Worker(script, { type: "module", name: place.dataset["views"] as string });
        worker.onmessage = ({ data: views }: MessageEvent<number>) => {
          place.textContent = `${views.toLocaleString(page.documentElement.lang)} view${views > 1 ? "s" : ""}`;
        };
      }
      // A worker that has counted has closed, and hears no more.
      timer = setTimeout(() => worker.postMessage(0), 2000);
    }
  };
  page.onvisibilitychange = watch;
  watch();
}

/** In the worker, whose name is the slug: sends the page the count, and counts when the page says so. */
export function askCounter(slug: string): void {
  const ask = (init?: RequestInit) => fetch("/api/views", init);
  ask()
    .then((answer) => answer.ok && answer.json())
    .then((counts) => counts[slug] && postMessage(counts[slug]))
    .catch(() => {});
  // biome-ignore lint/suspicious/noGlobalAssign: in a worker it is the worker's own.
  onmessage = () => ask({ method: "POST", keepalive: true, body: new URLSearchParams({ slug }) }).then(close, close);
}
