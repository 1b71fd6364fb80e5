/** Draws a card as PNG. Loaded only when there is one to draw. */
import { renderAsync } from "@resvg/resvg-js";
import satori from "satori";
import { type Card, cardSize } from "./card.ts";
import { type Typefaces, typefacesFor } from "./typefaces.ts";

const colours = { paper: "#fdfcf9", ink: "#1d1c1a", quiet: "#625d55", line: "#dcd7cd", accent: "#a3341c" };
/** Pixels, largest first. */
const titleSizes = [76, 66, 56, 48];
const titleLine = 1.16;
const maxLines = 4;
const maxDeckLines = 3;

/** The same card gives the same bytes. */
export async function drawCard(card: Card): Promise<Uint8Array> {
  const svg = await layOut(card, await typefacesFor(card));
  return (await renderAsync(svg, { font: { loadSystemFonts: false } })).asPng();
}

export interface DrawnCard {
  readonly png: Uint8Array;
  /** Milliseconds that it took. */
  readonly ms: number;
}

export async function timeCard(card: Card): Promise<DrawnCard> {
  const started = performance.now();
  const png = await drawCard(card);
  return { png, ms: performance.now() - started };
}

/** As SVG, letters as outlines, with the title as large as it may be; one that is too long at any size is cut off. */
async function layOut(card: Card, typefaces: Typefaces): Promise<string> {
  for (const size of titleSizes) {
    const { svg, titleHeight } = await tryOut(card, { size, lines: maxLines + 1, textWrap: "balance", typefaces });
    if (titleHeight < size * titleLine * (maxLines + 0.5)) return svg;
  }
  const size = titleSizes.at(-1) ?? 0;
  return (await tryOut(card, { size, lines: maxLines, textWrap: "wrap", typefaces })).svg;
}

interface Setting {
  /** Of the title, pixels. */
  readonly size: number;
  /** Of the title at most. */
  readonly lines: number;
  /** Of lines: those of a title that is cut off are full. */
  readonly textWrap: "balance" | "wrap";
  readonly typefaces: Typefaces;
}

async function tryOut(card: Card, setting: Setting) {
  let titleHeight = 0;
  const svg = await satori(face(card, setting), {
    ...cardSize,
    fonts: setting.typefaces.fonts,
    onNodeDetected({ key, height }) {
      if (key === "title") titleHeight = height;
    },
  });
  return { svg, titleHeight };
}

function face({ site, title, deck, notes }: Card, { size, lines, textWrap, typefaces: { serif, sans } }: Setting) {
  const titleStyle = { fontFamily: serif, fontSize: size, lineHeight: titleLine, letterSpacing: "-0.01em" };
  const deckStyle = { marginTop: 28, fontSize: 34, lineHeight: 1.4, color: colours.quiet };
  return box({ ...frame, fontFamily: sans }, [
    box({ ...clamped(1), fontSize: 30, color: colours.accent }, site),
    box({ flexDirection: "column", flexGrow: 1, justifyContent: "center" }, [
      box({ ...clamped(lines), ...titleStyle, textWrap }, title, "title"),
      ...(deck ? [box({ ...clamped(maxDeckLines), ...deckStyle }, deck)] : []),
    ]),
    box({ flexDirection: "column", borderTop: `1px solid ${colours.line}`, paddingTop: 26 }, [
      box({ ...clamped(1), fontSize: 28, color: colours.quiet }, notes.join("  ·  ")),
    ]),
  ]);
}

const frame = {
  ...cardSize,
  boxSizing: "border-box",
  flexDirection: "column",
  padding: "60px 80px 52px",
  background: colours.paper,
  color: colours.ink,
};

function clamped(lineClamp: number) {
  return { display: "block", lineClamp, wordBreak: "break-word", whiteSpace: "pre-wrap" };
}

function box(style: object, children: unknown, key: string | null = null) {
  return { type: "div", key, props: { style: { display: "flex", ...style }, children } };
}
