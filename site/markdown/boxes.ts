/** Boxes that scroll sideways in place of the page: the keyboard reaches each, and each has a name of its own (WCAG 1.4.10, 2.1.1). */
import { escapeHtml } from "../html.ts";
import type { RenderEnv } from "./render.ts";

type Kind = keyof RenderEnv["boxes"];

/** `Table 2: Title`, counted within the article. */
export function boxLabel(env: RenderEnv, kind: Kind, title?: string | undefined): string {
  env.boxes[kind] += 1;
  return `${kind} ${env.boxes[kind]}${title ? `: ${title}` : ""}`;
}

/** Attributes of the next box of a kind, for its opening tag. */
export function boxAttributes(env: RenderEnv, kind: Kind, title?: string | undefined): string {
  return `tabindex="0" role="group" aria-label="${escapeHtml(boxLabel(env, kind, title))}"`;
}
