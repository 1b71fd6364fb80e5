/** Code fences: highlighted at build, titled, scrolling in a box that the keyboard reaches. */
import type MarkdownIt from "markdown-it";
import { html, trusted } from "../html.ts";
import { nearest } from "../nearest.ts";
import { drawnFences } from "./drawn-fences.ts";
import { endsOf, type FenceInfo, parseFenceInfo, type Report } from "./fence-info.ts";
import { highlightLines, isLanguage, languageNames } from "./highlight.ts";
import type { RenderEnv } from "./render.ts";

export function codeBlocks(markdown: MarkdownIt): void {
  markdown.renderer.rules["fence"] = (tokens, index, _options, env: RenderEnv) => {
    const token = tokens[index];
    if (!token) return "";
    const info = parseFenceInfo(token.info);
    const draw = drawnFences.get(info.language);
    if (draw) return draw(token, env);
    const report: Report = (code, problem, hint, about) =>
      env.problems.push({ line: token.map?.[0] ?? 0, code, problem, hint, about });
    reportUnknownOptions(info, report);
    if (!isLanguage(info.language)) {
      const near = nearest(info.language, languageNames());
      report(
        "unknown-language",
        `unknown language "${info.language}"`,
        near ? `did you mean "${near}"?` : 'use "text" for none',
        info.language,
      );
    }
    reportMissingLines(info, token.content, report);
    return renderCode(token.content, info, env);
  };
  markdown.renderer.rules["code_block"] = (tokens, index, _options, env: RenderEnv) =>
    renderCode(tokens[index]?.content ?? "", parseFenceInfo(""), env);
}

function reportUnknownOptions({ words, options }: FenceInfo, report: Report): void {
  const names = ["title"];
  const unknown = [
    ...words.map((word) => word.split("=")[0] ?? word),
    ...[...options.keys()].filter((name) => !names.includes(name)),
  ];
  for (const name of unknown) {
    const near = nearest(name, names);
    const hint = near ? `did you mean "${near}"?` : `known are ${names.join(", ")} and line numbers in braces`;
    report("unknown-option", `unknown option "${name}"`, hint, name);
  }
}

function reportMissingLines({ ranges }: FenceInfo, code: string, report: Report): void {
  const count = code.split("\n").length - 1;
  for (const range of ranges) {
    const [first, last] = endsOf(range);
    if (first >= 1 && first <= last && last <= count) continue;
    report("missing-lines", `the code has no lines ${range || "of that name"}`, `it has 1 to ${count}`, range || "{");
  }
}

function renderCode(code: string, info: FenceInfo, env: RenderEnv): string {
  env.needs.add("code");
  env.codeBlocks += 1;
  const language = isLanguage(info.language) ? info.language : "text";
  const lines = highlightLines(code.replace(/\n$/, ""), language);
  const body = lines.map((line, at) => (info.lines.has(at + 1) ? `<mark>${line}\n</mark>` : `${line}\n`)).join("");
  const title = info.options.get("title");
  const label = `Code ${env.codeBlocks}${title ? `: ${title}` : info.language ? `, ${info.language}` : ""}`;
  return html`<figure class="code">${title && html`<figcaption>${title}</figcaption>`}<pre tabindex="0" role="group" aria-label="${label}"><code>${trusted(body)}</code></pre></figure>
`.markup;
}
