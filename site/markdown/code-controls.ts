/** What a reader presses around code: tabs, and what unfolds a long block. Controls of forms, which need no script. */
import { type Html, html, trusted } from "../html.ts";
import type { CodeOptions } from "./code-options.ts";
import type { Tab } from "./tabs.ts";

/** In tabs the caption is the tab, so that without styles each piece of code still stands under its name. */
export function caption({ title }: CodeOptions, tab: Tab | undefined): Html | undefined {
  if (!tab) return title ? html`<figcaption>${title}</figcaption>` : undefined;
  const checked = tab.isFirst && trusted(" checked");
  return html`<figcaption><label><input type="radio" name="${tab.group}"${checked}>${tab.label}</label></figcaption>`;
}

/** The code is always there, for search in the page and for screen readers; the box only decides how much shows. */
export function unfold({ shown }: CodeOptions, lines: number): Html | undefined {
  return shown ? html`<label><input type="checkbox">Show all ${lines} lines</label>` : undefined;
}
