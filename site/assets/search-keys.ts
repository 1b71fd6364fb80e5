/** Loads the search when somebody means to search: `/`, Ctrl-K, or the focus in a search field. */
interface SearchModule {
  openDialog(): void;
  attach(form: HTMLFormElement): void;
}

/** Put in by the build: the address of search/search.ts. */
declare const SEARCH_SCRIPT: string;

export function searchKeys(): void {
  const load = (): Promise<SearchModule> => import(SEARCH_SCRIPT);
  const form = document.querySelector<HTMLFormElement>("form.search");
  if (form) {
    const attach = () => void load().then((search) => search.attach(form));
    if (new URLSearchParams(location.search).has("q")) attach();
    else form.addEventListener("focusin", attach, { once: true });
  }
  document.addEventListener("keydown", (event) => {
    const isShortcut = (event.ctrlKey || event.metaKey) && event.key === "k";
    const isTyping =
      event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    if (!isShortcut && (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey)) return;
    event.preventDefault();
    if (form) form.querySelector("input")?.focus();
    else void load().then((search) => search.openDialog());
  });
}
