/** Filters, number of results and results of one search form. */
import type { Root } from "../../search/files.ts";
import type { Answer, Hit, Index } from "../../search/query.ts";
import { arrowKeys } from "./arrow-keys.ts";
import { element } from "./element.ts";
import { pauseMs, resultItem } from "./result-item.ts";

export interface SearchBox {
  readonly form: HTMLFormElement;
  readonly input: HTMLInputElement;
  readonly loadIndex: () => Promise<Index>;
  /** The address of the page names the question, so that it can be passed on and come back to. */
  readonly keepsAddress: boolean;
}

/** Each costs some kilobytes for its excerpt; more come on request. */
const atOnce = 5;

export function searchBox({ form, input, loadIndex, keepsAddress }: SearchBox): HTMLElement {
  const tag = element("select", { "aria-label": "Tag" });
  const year = element("select", { "aria-label": "Year" });
  const status = element("p", { role: "status", class: "hint" });
  const list = element("ol", { class: "results" });
  const more = element("button", { type: "button", hidden: "" }, "More results");
  const filters = element("div", { class: "filters", hidden: "" }, tag, year);
  let turn = 0;
  let glanced: readonly number[] = [];
  let keeping: ReturnType<typeof setTimeout> | undefined;

  const search = async () => {
    const mine = ++turn;
    const text = input.value.trim();
    clearTimeout(keeping);
    // A new address takes a slow phone longer than the search itself, so it waits for a pause in the typing.
    if (keepsAddress) keeping = setTimeout(keepAddress, pauseMs, text);
    try {
      const index = await loadIndex();
      if (mine !== turn) return;
      if (tag.options.length === 0) {
        fillFilters(index.root, { tag, year, filters });
        // Browsers compile what runs for the first time: better now than at the first letter.
        index.glance({ text: "any word" });
      }
      const query = { text, tag: tag.value, year: Number(year.value) || undefined };
      glance(index, index.glance(query));
      const answer = text ? await index.search(query) : undefined;
      // A later question may have its answer already.
      if (mine === turn) show(index, answer, text);
    } catch {
      status.replaceChildren("The search could not be loaded. ", element("a", { href: "/posts/" }, "See all articles"));
    }
  };

  /** While the rest is on its way. How many there are is said once, with the whole answer. */
  const glance = (index: Index, { hits, words }: Answer) => {
    glanced = hits.slice(0, atOnce).map(({ post }) => post);
    if (glanced.length === 0) return;
    list.replaceChildren(...glanced.map((post) => resultItem(index, post, words)));
    more.hidden = true;
  };

  const show = (index: Index, answer: Answer | undefined, text: string) => {
    // What the reader has gone to meanwhile stays where it is.
    const kept = list.contains(document.activeElement) ? glanced : [];
    if (kept.length === 0) list.replaceChildren();
    status.textContent = answer ? words(answer, text) : "";
    const others = answer?.hits.filter(({ post }) => !kept.includes(post)) ?? [];
    let shown = 0;
    const next = () => {
      const hits = others.slice(shown, shown + atOnce);
      const items = hits.map(({ post }: Hit) => resultItem(index, post, answer?.words ?? []));
      list.append(...items);
      if (shown > 0) items[0]?.querySelector("a")?.focus();
      shown += hits.length;
      more.hidden = shown >= others.length;
    };
    more.onclick = next;
    next();
  };

  for (const control of [input, tag, year]) control.addEventListener("input", () => void search());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  const box = element("div", { class: "search-box" }, filters, status, list, more);
  arrowKeys(input, box);
  void search();
  return box;
}

function words({ hits, instead }: Answer, text: string): string {
  const count = `${hits.length} article${hits.length === 1 ? "" : "s"}`;
  const others = instead.map(([typed, found]) => `“${found}” instead of “${typed}”`);
  if (others.length > 0) return `${count} with ${others.join(" and ")}`;
  return hits.length > 0 ? count : `Nothing found for “${text}”`;
}

function keepAddress(text: string): void {
  history.replaceState(null, "", text ? `?q=${encodeURIComponent(text)}` : location.pathname);
}

interface Filters {
  readonly tag: HTMLSelectElement;
  readonly year: HTMLSelectElement;
  readonly filters: HTMLElement;
}

function fillFilters({ tags, years }: Root, { tag, year, filters }: Filters): void {
  tag.append(new Option("All tags", ""), ...tags.map(([name]) => new Option(name)));
  year.append(new Option("All years", ""), ...years.toReversed().map(([one]) => new Option(String(one))));
  filters.hidden = false;
}
