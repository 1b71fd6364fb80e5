/** ```` ```mermaid ````: a diagram drawn when the site is built, in the colours of the page. */
import type Token from "markdown-it/lib/token.mjs";
import { nearest } from "../../nearest.ts";
import { parseFenceInfo, reportFrom } from "../fence-info.ts";
import { textOptions } from "../fence-options.ts";
import type { RenderEnv } from "../render.ts";
import { translateClass } from "./class-diagram.ts";
import { translateEr } from "./er-diagram.ts";
import { diagramFigure } from "./figure.ts";
import { translateFlowchart } from "./flowchart.ts";
import { type LeanSvg, leanSvg } from "./lean-svg.ts";
import { drawMermaid } from "./library.ts";
import { translateSequence } from "./sequence.ts";
import { readSource, type Statement, type Tell, type Translate } from "./source.ts";
import { translateState } from "./state-diagram.ts";

/** By the first word of a diagram. */
const kinds: ReadonlyMap<string, Translate> = new Map([
  ["flowchart", translateFlowchart],
  ["graph", translateFlowchart],
  ["sequenceDiagram", translateSequence],
  ["stateDiagram-v2", translateState],
  ["stateDiagram", translateState],
  ["classDiagram", translateClass],
  ["erDiagram", translateEr],
]);

export function renderDiagram(fence: Token, env: RenderEnv): string {
  const line = fence.map?.[0] ?? 0;
  const report = reportFrom(fence, env.problems);
  const options = textOptions(parseFenceInfo(fence.info), { known: ["title"] }, report);
  const tell: Tell = (at, { about = at.text, ...mistake }) =>
    env.problems.push({ line: line + 1 + at.line, about, code: "diagram", ...mistake });
  const source = readSource(fence.content);
  const caption = options.get("title");
  const title = source.title ?? caption;
  const atFence: Statement = { text: fence.markup, line: -1 };
  const hint = 'write title="…" behind "mermaid", or accTitle: … in it';
  if (!title) tell(atFence, { problem: "a diagram needs a title", hint });
  const drawn = draw(source.statements, tell, atFence);
  const lean = drawn && leanSvg(drawn, `d${env.boxes.Diagram + 1}-`);
  if (!lean) return "";
  if (isEmpty(lean)) tell(atFence, { problem: "the diagram is empty" });
  return isEmpty(lean) ? "" : diagramFigure(lean, { title, caption, description: source.description }, env);
}

function isEmpty({ bounds }: LeanSvg): boolean {
  return bounds.left > bounds.right;
}

/** The library's SVG. Absent when nothing can be drawn. */
function draw(statements: readonly Statement[], tell: Tell, atFence: Statement): string | undefined {
  const [header] = statements;
  const [kind = ""] = /^[a-z][\w-]*/i.exec(header?.text ?? "") ?? [];
  const translate = kinds.get(kind);
  if (!header) tell(atFence, { problem: "the diagram is empty" });
  else if (!translate) tellUnknownKind(header, kind, tell);
  if (!header || !translate) return undefined;
  try {
    return drawMermaid(translate(statements, tell));
  } catch {
    tell(header, { problem: "the diagram cannot be drawn", hint: "make it simpler, or draw it as a picture" });
    return undefined;
  }
}

function tellUnknownKind(header: Statement, kind: string, tell: Tell): void {
  const near = nearest(kind, [...kinds.keys()]);
  const hint = near ? `did you mean "${near}"?` : `known are ${[...kinds.keys()].join(", ")}`;
  const problem = kind ? `diagrams of the kind "${kind}" cannot be drawn` : "the diagram does not begin with its kind";
  tell(header, { problem, hint, about: kind || header.text });
}
