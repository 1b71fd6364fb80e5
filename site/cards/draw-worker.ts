/** One of the threads that draw many cards: a batch of cards in, a PNG of each out. */
import { parentPort } from "node:worker_threads";
import type { Card } from "./card.ts";
import { type DrawnCard, timeCard } from "./draw.ts";

parentPort?.on("message", async (cards: readonly Card[]) => {
  const drawn: DrawnCard[] = [];
  for (const card of cards) drawn.push(await timeCard(card));
  parentPort?.postMessage(drawn);
});
