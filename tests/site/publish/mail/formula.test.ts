import { parse } from "node-html-parser";
import { expect, test } from "vitest";
import { renderFormula } from "../../../../site/markdown/math-render.ts";
import { formulaLines, plainFormula } from "../../../../site/publish/mail/formula.ts";
import { formulaMarkup } from "../../../../site/publish/mail/markup.ts";

function math(tex: string, display = false) {
  const element = parse(renderFormula(tex, display).markup).querySelector("math");
  if (!element) throw new Error(`no formula: ${tex}`);
  return element;
}

test.each([
  [String.raw`x^2 + y_1 = 3{,}000 \times 10^{-6}`, "x² + y₁ = 3,000 × 10⁻⁶"],
  [String.raw`O(n \log n)`, "O(n log n)"],
  [String.raw`\frac{1}{n-1}\sum_{i=1}^{n}(x_i - \bar{x})^2`, "1/(n − 1) ∑ᵢ₌₁ⁿ (xᵢ − x̄)²"],
  [String.raw`\sqrt{x} + \sqrt[3]{x+1}`, "√x + ³√(x + 1)"],
  [String.raw`\lfloor \frac{a+b}{2} \rfloor`, "⌊(a + b)/2⌋"],
  [String.raw`\binom{n}{k} \ne \hat\sigma`, "(n choose k) ≠ σ̂"],
  [String.raw`\overline{AB} = e^{-x^2}`, "A̅B̅ = e^(−x²)"],
  [String.raw`L = \lambda W`, "L = λW"],
  [String.raw`f'(x) \in \mathbb{R}^d`, "f′(x) ∈ ℝ^d"],
])("writes %s as a line of text", (tex, text) => {
  expect(formulaLines(math(tex), plainFormula)).toEqual([text]);
});

test("writes equations below each other as lines, and a matrix by its rows", () => {
  const tex = String.raw`\begin{aligned} f(x) &= \begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases} \\ A &= \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} \end{aligned} \tag{1}`;
  expect(formulaLines(math(tex, true), plainFormula)).toEqual([
    "f(x) = {1, x > 0; 0, otherwise\u2003(1)",
    "A = (1, 2; 3, 4)",
  ]);
});

test("raises and lowers by elements where there is markup, and escapes what the formula says", () => {
  const [line = ""] = formulaLines(math(String.raw`x_i^2 < \text{a \& b}`), formulaMarkup);
  expect(line.replace(/ style="[^"]*"/g, "")).toBe("<i>x</i><sub><i>i</i></sub><sup>2</sup> &lt; a &amp; b");
});
