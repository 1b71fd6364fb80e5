/** One formula from TeX to MathML. */
import { createRequire } from "node:module";
import { escapeHtml } from "../html.ts";
import { explainMathError, forbiddenCommand, type MathProblem, unexplained } from "./math-problems.ts";
import { leanMathml } from "./mathml.ts";

export interface Formula {
  readonly markup: string;
  readonly problem?: MathProblem | undefined;
}

const require = createRequire(import.meta.url);

/** `display`: on lines of its own. What cannot be shown is shown as TeX, with its problem. */
export function renderFormula(tex: string, display: boolean): Formula {
  const refused = tex.trim() === "" ? { problem: "the formula is empty" } : forbiddenCommand(tex);
  if (refused) return failed(tex, refused);
  // Read with the first formula: most articles have none.
  const library: typeof import("temml").default = require("temml");
  try {
    const markup = library.renderToString(withoutNumbers(tex), {
      displayMode: display,
      throwOnError: true,
      macros: {},
      maxExpand: 1_000,
      maxSize: [20, 200],
    });
    const lean = leanMathml(markup);
    return lean ? { markup: lean } : failed(tex, unexplained);
  } catch (error) {
    const { at, ...words } = explainMathError(error);
    return failed(tex, { ...words, at: at === undefined ? undefined : placeWithNumbers(at, tex) });
  }
}

function failed(tex: string, problem: MathProblem): Formula {
  return { markup: `<code>${escapeHtml(tex)}</code>`, problem };
}

const numbered = /\\(begin|end)\{(align|alignat|equation|flalign|gather|multline)\}/g;

/** Numbers that count by themselves would need a counter over the whole page; `\tag` gives one by hand. */
function withoutNumbers(tex: string): string {
  return tex.replace(numbered, "\\$1{$2*}");
}

/** From a place in the TeX without numbers to that in the author's. */
function placeWithNumbers(at: number, tex: string): number {
  const stars = [...tex.matchAll(numbered)].filter(({ 0: all, index }, before) => index + all.length + before < at);
  return Math.min(at - stars.length, tex.length);
}
