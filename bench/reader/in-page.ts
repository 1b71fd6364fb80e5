/** What runs inside a measured page. Each function is sent there as text, so none may need anything of this file. */

interface Watched {
  lcpMs: number;
  cls: number;
}

/** Before the page: notes the largest paint and every shift of the layout. */
export function watchPaint(): void {
  const watched: Watched = { lcpMs: 0, cls: 0 };
  Object.assign(window, { watched });
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) watched.lcpMs = startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) watched.cls += (entry as PerformanceEntry & { value: number }).value;
  }).observe({ type: "layout-shift", buffered: true });
}

export function paintTimes(): Watched {
  return (window as Window & { watched?: Watched }).watched ?? { lcpMs: 0, cls: 0 };
}

/** Mean of the full lines of the paragraph with the most text; its last line is taken for half a one. */
export function charactersPerLine(): number | undefined {
  const paragraphs = [...document.querySelectorAll<HTMLElement>("main p")].filter((p) => p.checkVisibility());
  const longest = paragraphs.toSorted((a, b) => b.innerText.length - a.innerText.length)[0];
  if (!longest) return undefined;
  const lineHeight = Number.parseFloat(getComputedStyle(longest).lineHeight);
  const { height } = longest.getBoundingClientRect();
  const lines = Math.round(height / lineHeight);
  return lines < 3 ? undefined : Math.round(longest.innerText.length / (lines - 0.5));
}
