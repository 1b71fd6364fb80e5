/** Fences whose content is not shown as code but drawn: `math`, `mermaid`, `chart`. */
import type Token from "markdown-it/lib/token.mjs";
import { renderChart } from "./chart/chart.ts";
import { displayMath } from "./math.ts";
import { renderDiagram } from "./mermaid/diagram.ts";
import type { RenderEnv } from "./render.ts";

type Draw = (fence: Token, env: RenderEnv) => string;

/** By the word behind the fence. */
export const drawnFences: ReadonlyMap<string, Draw> = new Map<string, Draw>([
  ["math", (fence, env) => displayMath(fence.content, firstLine(fence), env)],
  ["mermaid", renderDiagram],
  ["chart", renderChart],
]);

/** 0-based line of what stands in a fence; its own when that is nothing. */
function firstLine({ map, content }: Token): number {
  return (map?.[0] ?? 0) + (content.trim() ? 1 : 0);
}
