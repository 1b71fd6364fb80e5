/** What is wrong with a formula, in plain words. */

export interface MathProblem {
  readonly problem: string;
  readonly hint?: string | undefined;
  /** UTF-16 units from the beginning of the TeX; absent when the formula as a whole is meant. */
  readonly at?: number | undefined;
}

/** When a formula needs what no page can show, and nobody knows what it was. */
export const unexplained: MathProblem = {
  problem: "the formula needs a style of its own, which no page may have",
  hint: "write it in another way",
};

/** Commands that the library knows and the site does not show, with the reason. */
const forbidden: readonly (readonly [commands: RegExp, why: string])[] = [
  [/\\(?:(?:text|f)?colou?r(?:box)?|definecolor)(?![a-zA-Z])/, "formulas have the colours of the text"],
  [/\\(?:label|(?:eq)?ref)(?![a-zA-Z])/, "formulas do not refer to each other; number one with \\tag"],
  [
    /\\(?:raisebox|cancelto|xcancel|longdiv|phase|angl|bordermatrix|[lrc]lap|math[lrc]lap|reflectbox|toggle)(?![a-zA-Z])/,
    "no browser shows it without styles of its own",
  ],
  [/\\begin\{CD\}/, "no browser shows it without styles of its own; draw it with mermaid"],
];

export function forbiddenCommand(tex: string): MathProblem | undefined {
  for (const [commands, why] of forbidden) {
    const found = commands.exec(tex);
    if (found) return { problem: `${found[0]} is not possible in a formula`, hint: why, at: found.index };
  }
  return undefined;
}

/** From the library's message to one for the author. */
export function explainMathError(error: unknown): MathProblem {
  const message = error instanceof Error && error.name === "ParseError" ? plain(error.message) : "";
  const at =
    error instanceof Error && "position" in error && typeof error.position === "number" ? error.position : undefined;
  for (const [pattern, explain] of explanations) {
    const match = pattern.exec(message);
    if (match) return { ...explain(...match.slice(1)), at };
  }
  return { problem: message ? `the formula is wrong: ${message}` : "the formula is not complete", at };
}

/** The library appends the place, underlined character by character. */
function plain(message: string): string {
  return message.replace(/ at (?:position \d+|end of input):.*$/s, "").trim();
}

type Words = Pick<MathProblem, "problem" | "hint">;

const known = "https://temml.org/docs/en/supported lists those that work";

const explanations: readonly (readonly [message: RegExp, explain: (...found: string[]) => Words])[] = [
  [
    /^(?:Unsupported function name|Undefined control sequence): (.+)$/,
    (name) => ({ problem: `there is no command ${name}`, hint: known }),
  ],
  [/^No such environment: (.+)$/, (name) => ({ problem: `there is no environment "${name}"`, hint: known })],
  [/^Function "(.+)" is not trusted$/, (name) => ({ problem: `${name} is not possible in a formula` })],
  [
    /^Double (superscript|subscript)$/,
    (what) => ({ problem: `a second ${what} follows the first`, hint: "put what belongs together into braces" }),
  ],
  [/^Unexpected end of input/, () => ({ problem: "the formula ends too early", hint: 'a "}" may be missing' })],
  [/^Expected '}', got 'EOF'$/, () => ({ problem: 'a "}" is missing' })],
  [
    /^Expected 'EOF', got '&'$/,
    () => ({ problem: '"&" stands outside of columns', hint: "put the lines into \\begin{aligned} … \\end{aligned}" }),
  ],
  [/^Expected 'EOF', got '(.+)'$/, (got) => ({ problem: `"${got}" has no counterpart before it` })],
  [/^Expected '(.+)', got 'EOF'$/, (wanted) => ({ problem: `"${wanted}" is missing at the end` })],
  [/^Expected '(.+)', got '(.+)'$/, (wanted, got) => ({ problem: `"${got}" stands where "${wanted}" belongs` })],
  [
    /^Expected group (?:as argument to|after) '(.+)'$/,
    (name) => ({ problem: `something is missing behind "${name}"` }),
  ],
  [/^Can't use function '(.+)' in math mode$/, (name) => ({ problem: `"${name}" cannot stand in a formula` })],
];
