/** WordPress's shortcodes, in HTML that becomes Markdown later. @see https://codex.wordpress.org/Shortcode */
import { type Draft, type Edit, edit, replaceAll } from "../draft.ts";
import { formulaClass } from "../html/code.ts";
import { commentOf } from "../leave-out.ts";
import { languageFor } from "../markdown/code.ts";
import { isWithin } from "../markdown/tokens.ts";
import { parseArguments } from "./arguments.ts";
import { shortened, type TemplatePage, type Templates } from "./carry-over.ts";
import { dynamicBlocks } from "./wordpress-blocks.ts";
import { codeShortcodes, verbatimIn } from "./wordpress-code.ts";
import { shortcodeHandlers, type WordPressPost } from "./wordpress-handlers.ts";

export function wordpress(post: WordPressPost): Templates {
  return (draft, page) => formulas(shortcodes(dynamicBlocks(codeShortcodes(draft), post, page), post, page));
}

/** `$latex e^x$`, as WordPress.com has it. */
function formulas(draft: Draft): Draft {
  return replaceAll(
    draft,
    /\$latex\s([^$<]{1,2000})\$/g,
    ([, tex = ""]) => `<code class="${formulaClass}">${tex.trim()}</code>`,
  );
}

interface Shortcode {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly options: string;
  readonly isClose: boolean;
  /** `[[name]]` is how an author shows a shortcode. */
  readonly isShown: boolean;
  /** Offsets of the tag that closes it. */
  readonly close: { readonly start: number; readonly end: number } | undefined;
}

function shortcodes(draft: Draft, post: WordPressPost, page: TemplatePage): Draft {
  const { text } = draft;
  const edits: Edit[] = [];
  let gone = 0;
  for (const code of shortcodesIn(text)) {
    const { start, end, close, isClose, isShown } = code;
    if (start < gone) continue;
    if (isShown) {
      edits.push({ start: start - 1, end: end + 1, text: text.slice(start, end) });
      continue;
    }
    const source = text.slice(start, end);
    const tell = (done: string) => page.tell(draft.originOf(start), "template", `shortcode ${shortened(source)}`, done);
    const given = parseArguments(code.options.replace(/^=/, ""));
    const use = { name: code.name, given, inner: close && text.slice(end, close.start) };
    const shown = isClose ? undefined : shortcodeHandlers.get(code.name)?.(use, post);
    if (shown) {
      gone = close?.end ?? end;
      if (shown.told) tell(shown.told);
      edits.push({ start, end: gone, text: shown.html });
    } else if (isUsed(code, text)) {
      if (!isClose) tell("left in the post as a comment");
      edits.push({ start, end, text: isClose ? "" : commentOf(source) });
    }
  }
  return edit(draft, edits);
}

const shortcode = /\[(\[)?(\/)?([a-z][\w-]*)((?:[\s=][^[\]<>]*?)?)\/?\](\])?/gi;

function shortcodesIn(text: string): Shortcode[] {
  const verbatim = verbatimIn(text);
  return [...text.matchAll(shortcode)].flatMap((match) => {
    const [all, escapes, slash, written = "", options = "", escapeEnd] = match;
    if (isWithin(verbatim, match.index)) return [];
    const start = match.index + (escapes ? 1 : 0);
    const end = match.index + all.length - (escapeEnd ? 1 : 0);
    const mark = `[/${written}]`;
    const at = slash ? -1 : text.indexOf(mark, end);
    const close = at < 0 ? undefined : { start: at, end: at + mark.length };
    const isShown = Boolean(escapes && escapeEnd);
    return [{ start, end, name: written.toLowerCase(), options, isClose: Boolean(slash), isShown, close }];
  });
}

/** Words in square brackets are shortcodes only where somebody set options, or closed them. */
function isUsed({ name, options, close, isClose, start }: Shortcode, text: string): boolean {
  if (languageFor(name)) return false;
  const isOpened = isClose && text.lastIndexOf(`[${name}`, start) >= 0;
  return isOpened || close !== undefined || /[\w-]\s*=\s*["'\w]/.test(options);
}
