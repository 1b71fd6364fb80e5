/** Fences whose content is not shown as code but drawn: `math`, `mermaid`, `chart`. */
import type Token from "markdown-it/lib/token.mjs";
import { renderChart } from "./chart/chart.ts";
import { parseFenceInfo, reportFrom } from "./fence-info.ts";
import { textOptions } from "./fence-options.ts";
import { displayMath } from "./math.ts";
import { renderDiagram } from "./mermaid/diagram.ts";
import type { RenderEnv } from "./render.ts";

type Draw = (fence: Token, env: RenderEnv) => string;

/** By the word behind the fence. */
export const drawnFences: ReadonlyMap<string, Draw> = new Map<string, Draw>([
  ["math", drawMath],
  ["mermaid", renderDiagram],
  ["chart", renderChart],
]);

function drawMath(fence: Token, env: RenderEnv): string {
  textOptions(parseFenceInfo(fence.info), { known: [] }, reportFrom(fence, env.problems));
  // What is missing is told of at the fence.
  const line = (fence.map?.[0] ?? 0) + (fence.content.trim() ? 1 : 0);
  return displayMath(fence.content, line, env);
}
