/** A process that writes numbers into an embedded database and says each one that was acknowledged. To be killed. */
import postgres from "postgres";
import { openEmbedded } from "../../../functions/lib/store/embedded.ts";

const [folder = "", from = "1"] = process.argv.slice(2);
const database = await openEmbedded({ folder });
const sql = postgres(database.url, { max: 1, fetch_types: false, onnotice: () => {} });
await sql`CREATE TABLE IF NOT EXISTS written (n int PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())`;
for (let n = Number(from); ; n += 1) {
  await sql`INSERT INTO written (n) VALUES (${n})`;
  process.stdout.write(`${n}\n`);
}
