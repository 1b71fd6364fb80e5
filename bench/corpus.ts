/** Technical posts made of seeded chance: the same bytes on every machine, so that two runs measure the same work. */

interface CorpusPost {
  readonly slug: string;
  readonly text: string;
}

/** Post `n` is the same whatever comes after it. About 13 kB, four code blocks, a table, lists, notes and links to earlier posts. */
export function corpusPost(n: number): CorpusPost {
  const chance = seeded(n + 1);
  const slug = slugAt(n);
  const day = new Date(Date.UTC(1990, 0, 1) + n * 86_400_000).toISOString().slice(0, 10);
  const tags = [...new Set([pick(chance, tagNames), pick(chance, tagNames)])];
  const front = `---\ntitle: "${titleOf(n)}"\ndescription: "What ${count(chance, 20, 90)} days of ${pick(chance, nouns)} data say about a ${pick(chance, adjectives)} ${pick(chance, nouns)}."\npublished: ${day}\ntags: [${tags.join(", ")}]\n---\n\n`;
  const sections = Array.from({ length: 5 }, (_, at) => section(chance, n, at));
  return { slug, text: `${front}${paragraph(chance, n)}\n\n${sections.join("\n\n")}\n\n[^1]: ${sentence(chance)}\n` };
}

function slugAt(n: number): string {
  return `${titleOf(n).toLowerCase().replaceAll(" ", "-")}-${n}`;
}

function titleOf(n: number): string {
  const chance = seeded(n * 7 + 3);
  return `Why the ${pick(chance, adjectives)} ${pick(chance, nouns)} ${pick(chance, verbs)} a ${pick(chance, nouns)}`;
}

function section(chance: () => number, n: number, at: number): string {
  const title = `The ${pick(chance, adjectives)} ${pick(chance, nouns)} ${pick(chance, verbs)} again`;
  const parts = [`## ${title} ${at + 1}`, paragraph(chance, n), list(chance), paragraph(chance, n)];
  if (at < 4) parts.push(code(chance, at));
  if (at === 2) parts.push(table(chance));
  if (at === 3) parts.push(`### In detail\n\n${paragraph(chance, n)} As measured before.[^1]`);
  parts.push(paragraph(chance, n));
  return parts.join("\n\n");
}

function paragraph(chance: () => number, n: number): string {
  const sentences = Array.from({ length: count(chance, 5, 9) }, () => sentence(chance));
  if (n > 0 && chance() < 0.3) {
    const other = Math.floor(chance() * n);
    sentences.push(`We wrote about it in [${titleOf(other)}](/posts/${slugAt(other)}/).`);
  }
  return sentences.join(" ");
}

function sentence(chance: () => number): string {
  const [a, b, c] = [pick(chance, nouns), pick(chance, nouns), pick(chance, nouns)];
  const kinds = [
    `The **${pick(chance, adjectives)} ${a}** ${pick(chance, verbs)} the ${b}, and the ${c} waits.`,
    `A *${pick(chance, adjectives)}* ${a} takes ${count(chance, 3, 900)} ms, so \`${a}.${b}()\` is not the ${c} you want.`,
    `"Fast" is not the same as "${pick(chance, adjectives)}": a ${a} that ${pick(chance, verbs)} twice isn't free -- not even with a cold ${b}.`,
    `Nobody expected that one ${a} would slow the ${pick(chance, adjectives)} ${b} by ${count(chance, 5, 80)}%.`,
  ];
  return kinds[Math.floor(chance() * kinds.length)] ?? "";
}

function list(chance: () => number): string {
  return Array.from({ length: 4 }, (_, at) => `${at === 2 ? "  " : ""}- ${sentence(chance)}`).join("\n");
}

function table(chance: () => number): string {
  const rows = Array.from(
    { length: 6 },
    () => `| ${pick(chance, nouns)} | ${count(chance, 1, 99)} | ${count(chance, 100, 999)} |`,
  );
  return `| part | before | after |\n| --- | ---: | ---: |\n${rows.join("\n")}`;
}

function code(chance: () => number, at: number): string {
  const [a, b] = [pick(chance, nouns), pick(chance, nouns)];
  const n = count(chance, 2, 60);
  const samples = [
    `\`\`\`typescript\nexport async function ${a}Of(${b}: string): Promise<number> {\n  // Waits for the ${b}, at most ${n} seconds.\n  const found = await db.query(\`SELECT * FROM ${a} WHERE ${b} = $1\`, [${b}]);\n  if (found.rows.length === 0) throw new Error("no ${a}");\n  return found.rows.map((row) => row.${b} * ${n}).reduce((x, y) => x + y, 0);\n}\n\`\`\``,
    `\`\`\`sql\nSELECT ${a}.id, count(*) AS ${b}s, max(${b}.seen_at)\nFROM ${a} JOIN ${b} ON ${b}.${a}_id = ${a}.id\nWHERE ${b}.state = 'open' AND ${b}.seen_at > now() - interval '${n} days' -- recent\nGROUP BY ${a}.id HAVING count(*) > ${n}\nORDER BY 2 DESC LIMIT ${n};\n\`\`\``,
    `\`\`\`python\ndef ${a}s(${b}: list[int]) -> dict[str, int]:\n    """Groups each ${b} by its ${a}."""\n    found = {}\n    for one in ${b}:\n        found.setdefault(f"${a}-{one % ${n}}", 0)\n        found[f"${a}-{one % ${n}}"] += one\n    return found\n\`\`\``,
    `\`\`\`yaml\n# Settings of the ${a}\n${a}:\n  enabled: true\n  timeout: ${n}s\n  hosts:\n    - ${a}-1.example.org\n    - ${b}-2.example.org\n  env:\n    RETRIES: "${n}"\n\`\`\``,
  ];
  return samples[at % samples.length] ?? "";
}

/** mulberry32: small, fast, and the same everywhere. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function pick(chance: () => number, words: readonly string[]): string {
  return words[Math.floor(chance() * words.length)] ?? "";
}

function count(chance: () => number, from: number, to: number): number {
  return from + Math.floor(chance() * (to - from + 1));
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);
const tagNames =
  words(`java python sql rust linux testing caching docker kafka redis search security networking git css html
  accessibility observability concurrency migration`);
const nouns =
  words(`service cache query index transaction thread queue buffer parser compiler scheduler worker request response
  header session token schema table column row partition replica cluster container image registry pipeline build package
  interface method closure promise stream event handler timeout retry lock mutex heap stack profiler trace span metric log
  alert budget commit branch merge release backup snapshot page block socket port proxy cipher hash message topic offset`);
const adjectives =
  words(`slow fast small large stale fresh cold warm idle busy nested flat lazy eager pure shared private public
  local remote blocking parallel atomic durable volatile idempotent flaky brittle robust typed partial complete clever subtle`);
const verbs =
  words(`reads writes blocks retries caches parses compiles validates rejects batches flushes evicts resolves locks
  loads splits joins sorts scans wraps drops holds`);
