/** `::: details Summary` and `::: aside`: blocks that Markdown has no sign for. */
import type MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";
import container from "markdown-it-container";
import { escapeHtml } from "../html.ts";
import { nearest } from "../nearest.ts";
import type { RenderEnv } from "./render.ts";

const markup: Readonly<Record<string, (title: string) => readonly [open: string, close: string]>> = {
  details: (title) => [`<details><summary>${escapeHtml(title || "Details")}</summary>\n`, "</details>\n"],
  aside: () => ['<div class="aside" role="note">\n', "</div>\n"],
};

export function containers(markdown: MarkdownIt): void {
  const open: string[] = [];
  markdown.use(container, "any", {
    validate: () => true,
    render(tokens: readonly Token[], index: number, _options: unknown, env: RenderEnv) {
      const token = tokens[index];
      if (token?.nesting !== 1) return open.pop() ?? "";
      env.needs.add("blocks");
      const [name = "", ...title] = token.info.trim().split(/\s+/);
      const known = markup[name];
      if (!known) {
        const names = [...Object.keys(markup), "tabs"];
        const near = nearest(name, names);
        const hint = near ? `did you mean "${near}"?` : `known are ${names.join(", ")}`;
        env.problems.push({
          line: token.map?.[0] ?? 0,
          code: "unknown-container",
          problem: `unknown container "${name}"`,
          hint,
        });
      }
      const [before, after] = known?.(title.join(" ")) ?? ["", ""];
      open.push(after);
      return before;
    },
  });
}
