/** Boxes that scroll sideways in place of the page: the keyboard reaches each, and each has a name of its own (WCAG 1.4.10, 2.1.1). */
import { escapeHtml } from "../html.ts";
import type { RenderEnv } from "./render.ts";

/** Attributes of the next box of a kind, for its opening tag. */
export function boxAttributes(env: RenderEnv, kind: keyof RenderEnv["boxes"], title?: string | undefined): string {
  env.boxes[kind] += 1;
  const label = `${kind} ${env.boxes[kind]}${title ? `: ${title}` : ""}`;
  return `tabindex="0" role="group" aria-label="${escapeHtml(label)}"`;
}
