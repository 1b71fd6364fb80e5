/** Markdown for the floor: notes, ids of headings and coloured code, and no more. */
import MarkdownIt from "markdown-it";
import footnotes from "markdown-it-footnote";
import Prism from "prismjs";
import loadLanguages from "prismjs/components/index.js";

export function floorMarkdown(): MarkdownIt {
  // Those of corpus.ts.
  loadLanguages(["typescript", "sql", "python", "yaml"]);
  return new MarkdownIt({ html: true, highlight }).use(footnotes).use(headingIds);
}

function highlight(code: string, language: string): string {
  const grammar = Prism.languages[language];
  if (!grammar) return "";
  const markup = Prism.highlight(code, grammar, language);
  return `<pre class="language-${language}"><code class="language-${language}">${markup}</code></pre>`;
}

function headingIds(markdown: MarkdownIt): void {
  markdown.core.ruler.push("heading-ids", ({ tokens }) => {
    const seen = new Map<string, number>();
    for (const [at, token] of tokens.entries()) {
      if (token.type !== "heading_open") continue;
      const id = (tokens[at + 1]?.content ?? "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
      const times = seen.get(id) ?? 0;
      seen.set(id, times + 1);
      token.attrSet("id", times === 0 ? id : `${id}-${times}`);
    }
  });
}
