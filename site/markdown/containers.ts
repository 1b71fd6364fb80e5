/** `::: name Title {#id .class}` … `:::`: blocks that Markdown has no sign for. */
import type MarkdownIt from "markdown-it";
import type StateBlock from "markdown-it/lib/rules_block/state_block.mjs";
import { nearest } from "../nearest.ts";
import { parseAttributes } from "./attribute-list.ts";
import { setAttributes } from "./attributes.ts";
import { type Container, type ContainerKind, containerKinds } from "./container-kinds.ts";
import { containerEnd, containerFence } from "./container-lines.ts";
import type { RenderEnv } from "./render.ts";

export function containers(markdown: MarkdownIt): void {
  markdown.block.ruler.before("fence", "container", container, {
    alt: ["paragraph", "reference", "blockquote", "list"],
  });
}

function container(state: StateBlock, start: number, endLine: number, silent: boolean): boolean {
  const fence = containerFence(state, start);
  if (!fence || silent) return fence !== undefined;
  if (!fence.info) return strayEnd(state, start);
  const [, name = "", written = ""] = /^(\S+)\s*(.*)$/.exec(fence.info) ?? [];
  const kind = containerKinds.get(name) ?? unknownKind(state.env, start, name);
  const end = containerEnd(state, start, endLine);
  const opened = open(state, kind, { line: start, written });
  opened.token.markup = fence.colons;
  opened.token.map = [start, end.line];
  // Said when the whole article is known.
  opened.token.meta = { isClosed: end.isClosed };
  kind.begin?.(opened);
  const first = state.tokens.length;
  parseInside(state, start + 1, end.line);
  kind.finish?.(opened, state.tokens.slice(first));
  const close = state.push("container_close", kind.tag, -1);
  close.block = true;
  close.hidden = opened.token.hidden;
  state.line = end.line + (end.isClosed ? 1 : 0);
  return true;
}

interface Opening {
  /** 0-based. */
  readonly line: number;
  /** What stands behind the name. */
  readonly written: string;
}

function open(state: StateBlock, kind: ContainerKind, { line, written }: Opening): Container {
  const env: RenderEnv = state.env;
  env.needs.add(kind.needs ?? "blocks");
  const token = state.push("container_open", kind.tag, 1);
  token.block = true;
  token.hidden = kind.tag === "";
  const [all = "", braces = ""] = /\s*\{([^{}]*)\}$/.exec(written) ?? [];
  const list = all ? parseAttributes(braces, kind.words) : undefined;
  if (list) setAttributes(token, list, env, line);
  const title = list ? written.slice(0, -all.length) : written;
  return { state, env, token, title, words: list?.words ?? [], line };
}

function parseInside(state: StateBlock, first: number, end: number): void {
  const { parentType, lineMax } = state;
  state.parentType = "root";
  state.lineMax = end;
  state.md.block.tokenize(state, first, end);
  state.parentType = parentType;
  state.lineMax = lineMax;
}

function unknownKind(env: RenderEnv, line: number, name: string): ContainerKind {
  const names = [...containerKinds.keys()];
  const near = nearest(name, names);
  const hint = near ? `did you mean "${near}"?` : `known are ${names.join(", ")}`;
  env.problems.push({ line, code: "unknown-container", problem: `unknown container "${name}"`, hint });
  return { tag: "" };
}

function strayEnd(state: StateBlock, line: number): true {
  const env: RenderEnv = state.env;
  const problem = "these colons close no container";
  const hint = "name it, as in ::: note, or remove them";
  env.problems.push({ line, code: "stray-container-end", problem, hint });
  state.line = line + 1;
  return true;
}
