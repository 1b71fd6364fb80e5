/** What a page gains with JavaScript. Nothing here is needed to read, to navigate or to send a form. */
import { markSection } from "./contents.ts";
import { copyButtons } from "./copy.ts";
import { prefetchPages } from "./prefetch.ts";
import { searchKeys } from "./search-keys.ts";
import { themeSwitch } from "./theme-switch.ts";
import { askCounter, countView } from "./views.ts";
import { zoomLinks } from "./zoom.ts";

// The same file is the view counter's worker, which has no document.
if (self.document) {
  themeSwitch();
  searchKeys();
  copyButtons();
  markSection();
  zoomLinks();
  countView(document, import.meta.url);
  prefetchPages();
} else askCounter(name as unknown as string);
