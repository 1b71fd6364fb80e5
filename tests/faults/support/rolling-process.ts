/** A process that rolls days up until it is killed: `node rolling-process.ts DATABASE_URL`. Says `ready` before it begins. */
import { openDatabase } from "../../../functions/lib/store/database.ts";
import { daysToRollUp, rollUp } from "../../../functions/lib/store/views.ts";

const database = openDatabase(process.argv[2] ?? "");
const days = await database.run(daysToRollUp);
console.log("ready");
for (const day of days) await database.transaction((sql) => rollUp(sql, day));
console.log("done");
await database.close();
