/** Flowcharts: read here and written anew for the library, whose own reading loses arrows without spaces and signs in labels. */
import { chainOf, type ReadNode } from "./flowchart-chain.ts";
import { encodeLabel } from "./labels.ts";
import { isWithoutEffect, type Statement, type Tell, tellUnread } from "./source.ts";

interface Node {
  readonly key: string;
  label: string;
  /** What stands before and behind the label. */
  shape: readonly [before: string, behind: string];
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly arrow: string;
  readonly label: string;
  readonly statement: Statement;
}

interface Subgraph {
  readonly id: string;
  readonly title: string;
  /** Ids of the nodes in it and in none within it. */
  readonly nodes: string[];
  readonly inside: Subgraph[];
  direction?: string;
}

interface Chart {
  readonly nodes: Map<string, Node>;
  readonly edges: Edge[];
  /** All that lies in no subgraph. */
  readonly root: Subgraph;
  /** Nodes that a subgraph has. */
  readonly owned: Set<string>;
  /** The root, and the subgraphs around a statement, the innermost last. */
  readonly around: Subgraph[];
}

const directions = /^(?:TB|TD|BT|RL|LR)$/;

export function translateFlowchart([header, ...statements]: readonly Statement[], tell: Tell): string {
  const root: Subgraph = { id: "", title: "", nodes: [], inside: [] };
  const chart: Chart = { nodes: new Map(), edges: [], root, owned: new Set(), around: [root] };
  const [all, direction = "TB", rest] = /^\w+(?:\s+([A-Z]+))?\s*(?:;\s*(.*))?$/.exec(header?.text ?? "") ?? [];
  if (header && (all === undefined || !directions.test(direction))) tellUnread(header, tell);
  if (header && rest) read({ ...header, text: rest }, chart, tell);
  for (const statement of statements) read(statement, chart, tell);
  const open = chart.around.at(-1);
  const problem = `the subgraph "${open?.title}" is never closed`;
  if (open !== root && header) tell(header, { problem, hint: 'close it with "end"' });
  tellArrowsToSubgraphs(chart, tell);
  return [`flowchart ${direction}`, ...linesOf(root, chart), ...chart.edges.map((edge) => edgeLine(edge, chart))].join(
    "\n",
  );
}

function read(statement: Statement, chart: Chart, tell: Tell): void {
  const text = statement.text.replace(/;$/, "").trim();
  const [, direction = ""] = /^direction\s+(\S+)$/.exec(text) ?? [];
  const current = currentOf(chart);
  if (/^subgraph(?:\s|$)/.test(text)) begin(text.slice("subgraph".length).trim(), chart);
  else if (text === "end") end(statement, chart, tell);
  else if (directions.test(direction) && current !== chart.root) current.direction = direction;
  else if (!isWithoutEffect(statement, tell)) readChains(statement, chart, tell);
}

function currentOf({ around, root }: Chart): Subgraph {
  return around.at(-1) ?? root;
}

/** `subgraph id [Title]`, `subgraph Title`. */
function begin(written: string, chart: Chart): void {
  const [, id = written, quoted, plain] = /^([\p{L}\p{N}_-]+)\s*\[(?:"([^"]*)"|([^\]]*))\]$/u.exec(written) ?? [];
  const title = quoted ?? plain ?? written.replace(/^"(.*)"$/, "$1");
  const subgraph: Subgraph = { id, title, nodes: [], inside: [] };
  currentOf(chart).inside.push(subgraph);
  chart.around.push(subgraph);
}

function end(statement: Statement, { around }: Chart, tell: Tell): void {
  if (around.length > 1) around.pop();
  else tell(statement, { problem: '"end" closes no subgraph', about: "end" });
}

function readChains(statement: Statement, chart: Chart, tell: Tell): void {
  let rest = statement.text;
  while (rest) {
    const chain = chainOf(rest);
    for (const node of chain.nodes) addNode(node, chart);
    for (const edge of chain.edges) chart.edges.push({ ...edge, statement });
    const isRead = chain.rest === "" || chain.rest.startsWith(";");
    if (!isRead) tellUnread(statement, tell, chain.rest);
    rest = isRead ? chain.rest.slice(1).trim() : "";
  }
}

/** A node lies in the first subgraph that names it; its label and shape are those that were given last. */
function addNode({ id, label, shape }: ReadNode, chart: Chart): void {
  const { nodes, owned, root } = chart;
  const node = nodes.get(id) ?? { key: `n${nodes.size}`, label: id, shape: ["[", "]"] };
  nodes.set(id, { ...node, label: label ?? node.label, shape: shape ?? node.shape });
  const current = currentOf(chart);
  if (current === root || owned.has(id)) return;
  owned.add(id);
  current.nodes.push(id);
}

function tellArrowsToSubgraphs({ edges, root }: Chart, tell: Tell): void {
  const ids = new Set(subgraphIds(root));
  for (const { from, to, statement } of edges) {
    const id = [from, to].find((one) => ids.has(one));
    const problem = `an arrow to or from the subgraph "${id}" cannot be drawn`;
    if (id !== undefined) tell(statement, { problem, hint: "let it lead to a node within", about: id });
  }
}

function subgraphIds({ inside }: Subgraph): readonly string[] {
  return inside.flatMap((one) => [one.id, ...subgraphIds(one)]);
}

/** What lies in a subgraph, as the library reads it. One without nodes is left out: it would have no size. */
function linesOf(subgraph: Subgraph, chart: Chart, path = "s"): readonly string[] {
  const { nodes, root, owned } = chart;
  const own = subgraph === root ? [...nodes.keys()].filter((id) => !owned.has(id)) : subgraph.nodes;
  const inside = subgraph.inside.flatMap((one, at) => {
    const lines = linesOf(one, chart, `${path}_${at}`);
    if (lines.length === 0) return [];
    const direction = one.direction ? [`direction ${one.direction}`] : [];
    return [`subgraph ${path}_${at} [${encodeLabel(one.title)}]`, ...direction, ...lines, "end"];
  });
  return [...inside, ...own.map((id) => nodeLine(nodes.get(id)))];
}

function nodeLine(node: Node | undefined): string {
  const { key = "", label = "", shape: [before, behind] = ["[", "]"] } = node ?? {};
  return `${key}${before}${encodeLabel(label)}${behind}`;
}

function edgeLine({ from, to, arrow, label }: Edge, { nodes }: Chart): string {
  const text = label ? `|${encodeLabel(label)}|` : "";
  return `${nodes.get(from)?.key} ${arrow}${text} ${nodes.get(to)?.key}`;
}
