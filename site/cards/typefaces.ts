/** The fonts that a card is set in: no more files than its letters need. */
import { readFile } from "node:fs/promises";
import type { Font } from "satori";
import type { Card } from "./card.ts";
import { type FontFamily, fontFiles } from "./letters.ts";

export interface Typefaces {
  readonly fonts: Font[];
  /** Names of fonts, for styles: what the first does not have is looked for in the next. */
  readonly serif: string;
  readonly sans: string;
}

/** Those of earlier cards: a font is parsed once for each list that it is in. */
const known = new Map<string, Promise<Typefaces>>();

export function typefacesFor({ site, title, deck = "", notes }: Card): Promise<Typefaces> {
  const serif = fontFiles(title, "source-serif-4");
  const sans = fontFiles([site, deck, ...notes].join(""), "source-sans-3");
  const name = [...serif.values(), ...sans.values()].join();
  const typefaces = known.get(name) ?? readTypefaces(serif, sans);
  known.set(name, typefaces);
  return typefaces;
}

type Files = ReturnType<typeof fontFiles>;

async function readTypefaces(serifFiles: Files, sansFiles: Files): Promise<Typefaces> {
  const [serif, sans] = await Promise.all([
    readFonts("source-serif-4", serifFiles),
    readFonts("source-sans-3", sansFiles),
  ]);
  return { fonts: [...serif, ...sans], serif: namesOf(serif), sans: namesOf(sans) };
}

function readFonts(family: FontFamily, files: Files): Promise<readonly Font[]> {
  const read = [...files].map(async ([subset, file]) => {
    const data = await readFile(file);
    return { name: `${family}-${subset}`, data, weight: 400, style: "normal" } as const;
  });
  return Promise.all(read);
}

function namesOf(fonts: readonly Font[]): string {
  return fonts.map(({ name }) => name).join(", ");
}
