/** Words that differ by a slip of the finger. */

/** Letters that may be wrong in a word of this length. */
function slips(length: number): number {
  return length < 4 ? 0 : length < 8 ? 1 : 2;
}

/** The nearest of some words, at most `most`; `common` has the most frequent first. */
export function nearWords(word: string, common: readonly string[], most: number): readonly string[] {
  const allowed = slips(word.length);
  const found: { readonly word: string; readonly distance: number }[] = [];
  for (const candidate of common) {
    if (Math.abs(candidate.length - word.length) > allowed) continue;
    const distance = distanceBetween(word, candidate, allowed);
    if (distance <= allowed) found.push({ word: candidate, distance });
  }
  return found
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map((one) => one.word);
}

/**
 * Letters to put in, leave out, replace, or swap with their neighbour; more than `limit` when it is more.
 * @see https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance (optimal string alignment)
 */
export function distanceBetween(a: string, b: string, limit: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      row.push(best);
    }
    if (Math.min(...row) > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
