/** The search that a browser loads once somebody means to search. */
import { indexPath } from "../../search/files.ts";
import { openIndex } from "../../search/query.ts";
import { element } from "./element.ts";
import { searchBox } from "./search-box.ts";

/** Put in by the build: the styles of everything here. A constructed style sheet needs no exception in the policy. */
declare const SEARCH_STYLES: string;

let index: ReturnType<typeof openIndex> | undefined;

function loadIndex() {
  index ??= openIndex(async (name) => {
    const response = await fetch(indexPath + name);
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response.text();
  });
  index.catch(() => {
    index = undefined;
  });
  return index;
}

function style(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(SEARCH_STYLES);
  document.adoptedStyleSheets.push(sheet);
}
style();

/** Gives a form of the page its results, below it. */
export function attach(form: HTMLFormElement): void {
  const input = form.querySelector("input");
  if (!input) return;
  const query = new URLSearchParams(location.search).get("q");
  if (query && input.value === "") input.value = query;
  form.after(searchBox({ form, input, loadIndex, keepsAddress: true }));
}

let dialog: HTMLDialogElement | undefined;

export function openDialog(): void {
  dialog ??= makeDialog();
  dialog.showModal();
  dialog.querySelector("input")?.select();
}

function makeDialog(): HTMLDialogElement {
  const input = element("input", {
    type: "search",
    name: "q",
    autocomplete: "off",
    placeholder: "Search all articles",
    "aria-label": "Search",
  });
  const close = element("button", { type: "button" }, "Close");
  const form = element("form", { class: "search", role: "search", action: "/search/" }, input, close);
  const made = element("dialog", { class: "search-dialog", "aria-label": "Search" }, form);
  made.append(searchBox({ form, input, loadIndex, keepsAddress: false }));
  close.addEventListener("click", () => made.close());
  // A press beside the dialog meets the dialog itself, on its backdrop.
  made.addEventListener("click", (event) => event.target === made && made.close());
  document.body.append(made);
  return made;
}
