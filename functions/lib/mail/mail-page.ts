/** The HTML part of a mail: one column, nothing loaded, readable where styles are stripped. */
import { type Html, html } from "../../../site/html.ts";

/** `language` as in `lang`, BCP 47. */
export function mailPage({ language, title, body }: { language: string; title: string; body: Html }): Html {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
</head>
<body style="max-width: 36rem; margin: 1rem auto; padding: 0 1rem; font: 1rem/1.5 sans-serif">
${body}
</body>
</html>
`;
}
