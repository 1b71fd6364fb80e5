/** Draws the cards that a build lacks: few in this thread, many on all cores. */
import { onAllCores } from "../thread-pool.ts";
import type { Card } from "./card.ts";
import type { DrawnCard } from "./draw.ts";

/** A thread takes as long to read its libraries and fonts as this one to draw so many. */
const worthThreads = 48;

/** Calls `keep` with the number of each card and what was drawn, in any order. The libraries are loaded only now. @throws what drawing throws */
export async function drawCards(cards: readonly Card[], keep: (at: number, drawn: DrawnCard) => void): Promise<void> {
  if (cards.length >= worthThreads) {
    const worker = new URL("./draw-worker.ts", import.meta.url);
    return onAllCores(cards, { worker, batchLength: 8, keep });
  }
  if (cards.length === 0) return;
  const { timeCard } = await import("./draw.ts");
  for (const [at, card] of cards.entries()) keep(at, await timeCard(card));
}
