/** The report of the author's mistakes, laid over the last good page. Works without JavaScript: it folds away. */
import { type Html, html, trusted } from "../site/html.ts";

const styles = trusted(
  `#firstflight-report{position:fixed;inset:auto 0 0 0;max-height:80vh;overflow:auto;z-index:9;margin:0;padding:.8rem 1.2rem 1.2rem;background:#2b0f0a;color:#fff;font:15px/1.55 ui-monospace,Menlo,Consolas,monospace;border-top:4px solid #f2997f}#firstflight-report summary{cursor:pointer;font-weight:700}#firstflight-report pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:.8rem 0 0;font:inherit;background:none}`,
);

const words = "The site below is the last good one. Mend the files; this page follows.";

function overlay(report: string): Html {
  return html`<style>${styles}</style><details id="firstflight-report" open role="alert"><summary>${words}</summary><pre>${report}</pre></details>`;
}

/** A page with the report over it. */
export function withOverlay(page: string, report: string): string {
  const end = page.lastIndexOf("</body>");
  const at = end < 0 ? page.length : end;
  return page.slice(0, at) + overlay(report).markup + page.slice(at);
}

/** The report alone, for when there has never been a good site. */
export function reportPage(report: string): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mistakes in the content</title></head><body>
<h1>The site cannot be built yet</h1>
${overlay(report)}</body></html>
`.markup;
}
