/** The frame of every page: head, header, main, footer. */
import { type Html, type HtmlValue, html } from "../../site/html.ts";
import type { SiteModel } from "../../site/template.ts";
import { type HeadData, head } from "../parts/head.ts";
import { siteFooter } from "../parts/site-footer.ts";
import { siteHeader } from "../parts/site-header.ts";

export interface BasePage extends HeadData {
  readonly model: SiteModel;
  /** Path from the origin. */
  readonly url: string;
  /** The site's when absent. */
  readonly language?: string | undefined;
  readonly main: HtmlValue;
}

export function base(page: BasePage): Html {
  const { model, url, main, language = model.blog.site.language, noSignUp = false } = page;
  const styles = noSignUp ? page.styles : [...(page.styles ?? []), "signup" as const];
  return html`<!doctype html>
<html lang="${language}">
${head({ ...page, styles })}
<body>
<a class="skip" href="#main">Skip to content</a>
${siteHeader(model.blog, url)}
<main id="main" tabindex="-1">
${main}
</main>
${siteFooter(model.blog, !noSignUp)}
</body>
</html>
`;
}
