/** Code fences: coloured at build, titled, marked, and in a box that the keyboard reaches where it scrolls. */
import type MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";
import { html, trusted } from "../html.ts";
import { nearest } from "../nearest.ts";
import { caption, unfold } from "./code-controls.ts";
import { type CodeLine, codeLines, reportUnsigned } from "./code-lines.ts";
import { codeMarkup } from "./code-markup.ts";
import { type CodeOptions, codeOptions } from "./code-options.ts";
import { drawnFences } from "./drawn-fences.ts";
import { type FenceInfo, parseFenceInfo, type Report, reportFrom } from "./fence-info.ts";
import { highlightLimits, isTooLong } from "./highlight.ts";
import { isLanguage, languageNames, languageTitle, prismName } from "./languages.ts";
import type { RenderEnv } from "./render.ts";
import { tabOf } from "./tabs.ts";

export function codeBlocks(markdown: MarkdownIt): void {
  markdown.renderer.rules["fence"] = (tokens, index, _options, env: RenderEnv) => {
    const token = tokens[index];
    if (!token) return "";
    const info = parseFenceInfo(token.info);
    const draw = drawnFences.get(info.language);
    return draw ? draw(token, env) : renderCode(token, { info, report: reportFrom(token, env.problems), env });
  };
  markdown.renderer.rules["code_block"] = (tokens, index, _options, env: RenderEnv) => {
    const token = tokens[index];
    return token ? renderCode(token, { info: parseFenceInfo(""), report: () => {}, env }) : "";
  };
}

interface Fence {
  readonly info: FenceInfo;
  readonly report: Report;
  readonly env: RenderEnv;
}

function renderCode(token: Token, { info, report, env }: Fence): string {
  env.needs.add("code");
  env.codeBlocks += 1;
  const code = token.content.replace(/\n$/, "");
  reportLanguage(info, report);
  const options = codeOptions(info, code, report);
  const tab = tabOf(token);
  if (tab || options.shown) env.needs.add("rare");
  if (options.isDiff) reportUnsigned(code, report);
  if (prismName(info.language)) warnOfLength(token, env);
  const lines = codeLines(code, info.language, options.isDiff);
  const label = `Code ${env.codeBlocks}${nameOf(options, info)}`;
  // Only what scrolls needs a stop for the keyboard, and a stop needs a name.
  const level = tab ? token.level - 1 : token.level;
  const box = mayScroll(lines, options, level) && html` tabindex="0" role="group" aria-label="${label}"`;
  const body = trusted(codeMarkup(lines, options));
  return html`<figure class="code">${caption(options, tab)}<pre${box}><code>${body}</code></pre>${unfold(options, lines.length)}</figure>
`.markup;
}

function reportLanguage({ language, languageAt }: FenceInfo, report: Report): void {
  if (isLanguage(language)) return;
  const near = nearest(language, languageNames());
  const hint = near ? `did you mean "${near}"?` : 'use "text" for none';
  report("unknown-language", `unknown language "${language}"`, hint, languageAt);
}

/** Pages can do without colours, and an author may want the whole text. */
function warnOfLength({ map, content }: Token, { problems }: RenderEnv): void {
  if (!isTooLong(content)) return;
  const hint = `colours end at ${highlightLimits.code} characters, or ${highlightLimits.line} in a line`;
  const problem = "the code is too long to be coloured";
  problems.push({ line: map?.[0] ?? 0, severity: "warning", code: "long-code", problem, hint });
}

/** `: dedupe.sql`, `, SQL` */
function nameOf({ title }: CodeOptions, { language }: FenceInfo): string {
  const spoken = languageTitle(language);
  return title ? `: ${title}` : spoken && `, ${spoken}`;
}

/** Columns that have room beside each other in the narrowest window, 320 px, in code that stands in nothing else. */
const narrowestColumns = 24;

function mayScroll(lines: readonly CodeLine[], { numbers }: CodeOptions, level: number): boolean {
  const taken = numbers === undefined ? 0 : 6;
  return level > 0 || lines.some((line) => columnsOf(line) + taken > narrowestColumns);
}

/** What is not ASCII may be two columns wide, as is a tab. */
function columnsOf({ pieces, sign = "" }: CodeLine): number {
  return pieces.reduce((columns, { text }) => columns + text.replace(/[^ -~]/g, "  ").length, sign.length);
}
