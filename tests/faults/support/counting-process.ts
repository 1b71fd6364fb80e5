/**
 * A process with a database of its own that counts one visitor after the other until it is killed: `node counting-process.ts
 * FOLDER FIRST`. Says the number of each visitor once the view is acknowledged.
 */
import { randomBytes } from "node:crypto";
import { openDatabase } from "../../../functions/lib/store/database.ts";
import { openEmbedded } from "../../../functions/lib/store/embedded.ts";
import { counterOf } from "../../../functions/lib/views/counter.ts";

const [, , folder = "", first = "0"] = process.argv;
const embedded = await openEmbedded({ folder });
const count = counterOf({ database: openDatabase(embedded.url, 60_000), random: randomBytes });
let next = Number(first);
async function visit(): Promise<void> {
  const visitor = next++;
  const network = `10.${visitor >> 16}.${(visitor >> 8) & 255}.${visitor & 255}`;
  await count({ slug: "post", reader: { network, userAgent: "Firefox", host: "exactly-once.example" } });
  console.log(String(visitor));
}

async function visitForEver(): Promise<void> {
  for (;;) await visit();
}

// On a busy machine the first one takes longer than the process may live.
await visit();
console.log("ready");
await Promise.all(Array.from({ length: 20 }, visitForEver));
