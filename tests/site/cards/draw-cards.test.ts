/** Many cards are drawn by several threads, and nobody can tell. */
import { expect, test } from "vitest";
import type { Card } from "../../../site/cards/card.ts";
import { drawCard } from "../../../site/cards/draw.ts";
import { drawCards } from "../../../site/cards/draw-cards.ts";

const titles = ["Why the queue waits", "Größe, Straße, Żółć", "Привет, очередь", "A title without an end ".repeat(9)];
const cardAt = (n: number): Card => ({
  site: "First flight",
  title: `${titles[n % titles.length]} ${n}`,
  notes: ["1 March 2026", "queues"],
});
const cards = Array.from({ length: 50 }, (_, n) => cardAt(n));

test("draws each of many cards once, with the bytes that one thread gives", async () => {
  const drawn = new Map<number, Uint8Array>();
  await drawCards(cards, (at, { png }) => {
    expect(drawn.has(at)).toBe(false);
    drawn.set(at, png);
  });
  expect([...drawn.keys()].sort((a, b) => a - b)).toEqual(cards.map((_card, at) => at));
  // In the middle, at the ends, and of each alphabet.
  for (const at of [0, 1, 2, 3, 25, 49])
    expect(Buffer.from(drawn.get(at) ?? []).equals(await drawCard(cardAt(at)))).toBe(true);
});

test("tells what went wrong in a thread", async () => {
  const broken = cards.with(0, { ...cardAt(0), notes: undefined as unknown as [] });
  await expect(drawCards(broken, () => {})).rejects.toThrow("notes is not iterable");
});
