/**
 * `npm run bench:functions [-- --seconds N --rounds N --requests N]`: what a cold start costs, how many views are counted in a
 * second beside PostgreSQL's own benchmark, and the memory after many of them. Bytes are exact, times are this machine's.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { bundleFunctions } from "../build/functions.ts";
import { generatedIn } from "../build/generated.ts";
import { buildSite } from "../build/site.ts";
import { migrated } from "../tests/setup/migrated.ts";
import { startPostgres } from "../tests/setup/postgres.ts";
import { postgresBinaries } from "../tests/setup/postgres-binaries.ts";
import { costOfDoor } from "./functions/doors.ts";
import { startServer } from "./functions/server.ts";
import { showMemory, showRounds, tenths } from "./functions/show.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "10" },
    rounds: { type: "string", default: "3" },
    requests: { type: "string", default: "100000" },
  },
});
const [seconds, rounds, requests] = [Number(values.seconds), Number(values.rounds), Number(values.requests)];
const root = path.resolve(import.meta.dirname, "..");
const folder = path.join(root, ".cache/bench");
const bundles = path.join(folder, "functions");
const binaries = postgresBinaries();

const generated = generatedIn(folder);
const { blog } = await buildSite({ root, output: path.join(folder, "site"), generated, isPreview: false });
const doors = await bundleFunctions(root, bundles, generated);
const bundle = path.join(bundles, "views.mjs");
const course = {
  slugs: blog.posts.map(({ slug }) => slug),
  rounds,
  seconds,
  pgbench: binaries && path.join(binaries, "pgbench"),
};
console.log(
  `${new Date().toISOString().slice(0, 10)}, Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`,
);
console.log(`Other work on this machine: a load of ${loadavg().map(tenths).join(", ")}\n`);
await showDoors();
if (binaries) await showPostgres();
else
  console.log(
    "No PostgreSQL on this machine (Debian: apt-get install postgresql): only the embedded one is measured.\n",
  );
await showEmbedded();

async function showDoors(): Promise<void> {
  console.log("Doors: bytes of the bundle, minified, and milliseconds of a cold import in 15 processes\n");
  const rows: Record<string, object> = {};
  for (const door of doors) {
    const { bytes, middle, fastest, cpu } = await costOfDoor(bundles, door);
    rows[door] = { bytes, "middle ms": tenths(middle), "fastest ms": tenths(fastest), "processor ms": tenths(cpu) };
  }
  console.table(rows);
}

/** With its usual settings: each commit is on the disk. */
async function showPostgres(): Promise<void> {
  const cluster = await startPostgres({ max_connections: "200" });
  await migrated(cluster.url);
  const server = await startServer({ bundle, databaseUrl: cluster.url });
  console.log(`Views against PostgreSQL, 100 connections, ${rounds} rounds of ${seconds} s\n`);
  await showRounds(server, { ...course, mode: "prepared" });
  await showMemory(server, course.slugs, requests);
  server.stop();
  await cluster.stop();
}

async function showEmbedded(): Promise<void> {
  const data = await mkdtemp(path.join(tmpdir(), "firstflight-bench-"));
  const server = await startServer({ bundle, folder: data });
  console.log(
    `Views against the embedded database in the same process, 100 connections, ${rounds} rounds of ${seconds} s\n`,
  );
  await showRounds(server, { ...course, mode: "extended" });
  if (!binaries) await showMemory(server, course.slugs, requests);
  server.stop();
  await rm(data, { recursive: true, force: true });
}
