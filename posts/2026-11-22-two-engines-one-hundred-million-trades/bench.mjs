// Loads the CSV into one engine, asks the questions, writes results.json.
//
//   node bench.mjs duckdb   /tmp/trades/trades.csv
//   ./postgres.sh start && node bench.mjs postgres /tmp/trades/trades.csv
//
// Linux only: the share of the processors that other programs take is read from
// /proc, before and during every run. RUNS=7 unless told. ONLY='^vwap' measures the
// names that match and leaves the other results as they are.
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { questions, table } from './queries.mjs';

const engine = process.argv[2];
const csv = process.argv[3] ?? '/tmp/trades/trades.csv';
const RUNS = Number(process.env.RUNS ?? 7);
const wanted = new RegExp(process.env.ONLY ?? '');
const QUIET = 0.1; // other programs' share of all processors that a run may see
const TRIES = 3;
const RESULTS = new URL('results.json', import.meta.url);
const sql = (name) => questions[name][engine] ?? questions[name];

// --- what else the machine is doing -------------------------------------------

const TICK = 0.01; // seconds; USER_HZ is 100 on Linux

/** Processor seconds that the whole machine has spent, stolen time included. */
function machineBusy() {
  const [, user, nice, system, , , irq, softirq, steal] =
    readFileSync('/proc/stat', 'utf8').split('\n')[0].split(/\s+/).map(Number);
  return (user + nice + system + irq + softirq + steal) * TICK;
}

/** utime, stime and the same of its reaped children, from /proc/PID/stat. */
function times(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  const [utime, stime, cutime, cstime] = fields.slice(11, 15).map(Number);
  return { parent: Number(fields[1]), own: (utime + stime) * TICK, reaped: (cutime + cstime) * TICK };
}

let postmaster = 0;
/** Processor seconds of the engine under test and of this program. */
function engineBusy() {
  const me = process.cpuUsage();
  let seconds = (me.user + me.system) / 1e6;
  if (postmaster) {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        const t = times(pid);
        if (Number(pid) === postmaster) seconds += t.own + t.reaped;
        else if (t.parent === postmaster) seconds += t.own;
      } catch { /* it ended meanwhile */ }
    }
  }
  return seconds;
}

function watch() {
  const from = process.hrtime.bigint(), machine = machineBusy(), ours = engineBusy();
  return () => {
    const seconds = Number(process.hrtime.bigint() - from) / 1e9;
    const foreign = machineBusy() - machine - (engineBusy() - ours);
    return { seconds, foreign: Math.max(0, foreign / (seconds * cpus().length)) };
  };
}

async function waitForQuiet() {
  for (let i = 0; i < 60; i++) {
    const stop = watch();
    await sleep(500);
    if (stop().foreign < QUIET) return;
  }
}

// --- the measure ---------------------------------------------------------------

const measures = {};
const answers = {};

/**
 * One warm-up, then RUNS timed runs of `batch` executions each. A run during which
 * other programs took more than QUIET of the machine is repeated, whatever its time.
 */
async function measure(name, execute, batch = 1) {
  if (!wanted.test(name)) return;
  const answer = await execute(0);
  const runs = [];
  for (let run = 0; run < RUNS; run++) {
    let best;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      await waitForQuiet();
      const stop = watch();
      for (let i = 0; i < batch; i++) await execute(i);
      const { seconds, foreign } = stop();
      const result = { seconds: seconds / batch, foreign, attempt };
      if (!best || foreign < best.foreign) best = result;
      if (foreign < QUIET) break;
    }
    runs.push(best);
  }
  const sorted = runs.map((run) => run.seconds).sort((x, y) => x - y);
  const middle = sorted.length >> 1;
  measures[name] = {
    median: sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
    min: sorted[0], max: sorted.at(-1), runs: RUNS, batch,
    repeated: runs.filter((run) => run.attempt > 0).length,
    foreignMax: Math.max(...runs.map((run) => run.foreign)),
    all: runs.map((run) => run.seconds),
  };
  if (answer !== undefined) answers[name] = answer;
  const { median, min, max, repeated, foreignMax } = measures[name];
  console.log(name.padEnd(28), median.toPrecision(4), min.toPrecision(4), max.toPrecision(4),
    `repeated ${repeated}`, `others ${(foreignMax * 100).toFixed(0)} %`,
    `load ${loadavg()[0].toFixed(1)}`, JSON.stringify(answer)?.slice(0, 80) ?? '');
}

/** A step that is done once: a load, an index. */
async function once(name, execute) {
  await waitForQuiet();
  const stop = watch();
  await execute();
  if (!wanted.test(name)) return;
  measures[name] = { ...stop(), runs: 1 };
  console.log(name.padEnd(28), measures[name].seconds.toFixed(2),
    `others ${(measures[name].foreign * 100).toFixed(0)} %`, `load ${loadavg()[0].toFixed(1)}`);
}

/** The i-th of a fixed series of numbers from 1 to n, spread without pattern. */
const pick = (i, n) => 1 + (Math.imul(i + 1, 2654435761) >>> 0) % n;

const sizes = {};
let version, settings, rows;

// --- DuckDB --------------------------------------------------------------------

async function duckdb() {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const home = process.env.DUCKDB_HOME ?? '/tmp/trades-duckdb';
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  settings = {
    threads: '2', memory_limit: '12GB', temp_directory: `${home}/tmp`,
    autoinstall_known_extensions: 'false', autoload_known_extensions: 'false',
  };
  const instance = await DuckDBInstance.create(`${home}/trades.duckdb`, settings);
  const db = await instance.connect();
  const ask = async (text) => (await db.runAndReadAll(text)).getRowsJson();
  const all = async (text) => (await ask(text)).map((row) => row.map(String));
  version = (await ask('SELECT version()'))[0][0];

  await once('load: copy', async () => {
    await db.run(table);
    await db.run(`COPY trades FROM '${csv}' (FORMAT csv, HEADER)`);
    await db.run('CHECKPOINT');
  });
  sizes.table = statSync(`${home}/trades.duckdb`).size;
  rows = Number((await ask('SELECT count(*) FROM trades'))[0][0]);

  for (const name of ['scan', 'quarterHour', 'symbolDay', 'accounts', 'vwap', 'vwapRewrite', 'last',
    'lastIdiom']) {
    const short = name === 'quarterHour' || name === 'symbolDay';
    await measure(name, () => all(sql(name)), short ? 20 : 1);
  }
  const prepared = async (name, n, batch, label = name) => {
    const statement = await db.prepare(sql(name));
    await measure(label, async (i) => {
      statement.bindBigInt(1, BigInt(pick(i, n)));
      return (await statement.runAndReadAll()).getRowsJson().map((row) => row.map(String));
    }, batch);
    statement.destroySync();
  };
  await prepared('point', rows, 500);
  await prepared('account', 2_000_000, 20);

  // Variant: a copy sorted by symbol, in a database of its own.
  await once('sorted copy: create', async () => {
    await db.run(`ATTACH '${home}/sorted.duckdb' AS sorted`);
    await db.run('CREATE TABLE sorted.trades AS SELECT * FROM main.trades ORDER BY symbol, ts');
    await db.run('CHECKPOINT sorted');
  });
  sizes['sorted copy'] = statSync(`${home}/sorted.duckdb`).size;
  await db.run('USE sorted');
  for (const name of ['scan', 'quarterHour', 'symbolDay', 'last']) {
    await measure(`${name}: sorted copy`, () => all(sql(name)), name === 'scan' || name === 'last' ? 1 : 20);
  }
  await db.run('USE trades');
  await db.run('DETACH sorted');
  rmSync(`${home}/sorted.duckdb`, { force: true });

  // Single commits, first without an index.
  const insert = async (label, offset) => {
    const statement = await db.prepare(sql('insert'));
    let id = rows + offset;
    await measure(label, async (i) => {
      statement.bindBigInt(1, BigInt(++id));
      statement.bindInteger(2, pick(i, 2_000_000));
      await statement.run();
    }, 200);
    statement.destroySync();
    await db.run(`DELETE FROM trades WHERE trade_id > ${rows}`);
    await db.run('CHECKPOINT');
  };
  await insert('insert', 0);

  // Variant: an ART index on the trade number and one on the account.
  await once('index: trade_id', async () => {
    await db.run('CREATE UNIQUE INDEX trades_id ON trades (trade_id)');
    await db.run('CHECKPOINT');
  });
  sizes['with trade_id'] = statSync(`${home}/trades.duckdb`).size;
  await prepared('point', rows, 500, 'point: indexed');
  await insert('insert: indexed', 1_000_000);
  await once('index: account_id', async () => {
    await db.run('CREATE INDEX trades_account ON trades (account_id)');
    await db.run('CHECKPOINT');
  });
  sizes['with trade_id, account_id'] = statSync(`${home}/trades.duckdb`).size;
  await prepared('account', 2_000_000, 200, 'account: indexed');
  db.closeSync();
  instance.closeSync();
  rmSync(home, { recursive: true, force: true });
}

// --- PostgreSQL ----------------------------------------------------------------

async function postgres() {
  const { default: pg } = await import('pg');
  const home = process.env.PGBENCH_HOME ?? '/tmp/trades-pg';
  const db = new pg.Client({ host: home, user: 'bench', database: 'postgres' });
  await db.connect();
  postmaster = Number(readFileSync(`${home}/data/postmaster.pid`, 'utf8').split('\n')[0]);
  const ask = async (text, values) =>
    (await db.query({ text, values, rowMode: 'array' })).rows;
  const all = async (text) => (await ask(text)).map((row) => row.map(String));
  version = (await ask('SELECT version()'))[0][0];
  settings = Object.fromEntries(await ask(
    "SELECT name, current_setting(name) FROM pg_settings WHERE source = 'configuration file'"));
  const size = async (name) => Number((await ask(`SELECT pg_relation_size('${name}')`))[0][0]);

  await db.query('DROP TABLE IF EXISTS trades');
  await once('load: copy', async () => {
    await db.query('BEGIN');
    await db.query(table);
    await db.query(`COPY trades FROM '${csv}' (FORMAT csv, HEADER, FREEZE)`);
    await db.query('COMMIT');
  });
  await once('load: vacuum analyze', () => db.query('VACUUM (ANALYZE) trades'));
  sizes.table = await size('trades');
  rows = Number((await ask('SELECT count(*) FROM trades'))[0][0]);
  await db.query('CREATE EXTENSION IF NOT EXISTS pg_prewarm');
  await ask("SELECT pg_prewarm('trades')");

  const short = async (name, label, batch) => measure(label, () => all(sql(name)), batch);

  // No index at all.
  await db.query('SET jit = off');
  await short('scan', 'scan: no jit', 1);
  await db.query('SET jit = on');
  await short('scan', 'scan', 1);
  await db.query('SET max_parallel_workers_per_gather = 2');
  await short('scan', 'scan: two workers', 1);
  await db.query('RESET max_parallel_workers_per_gather');
  await short('quarterHour', 'quarterHour: no index', 1);
  await short('symbolDay', 'symbolDay: no index', 1);
  await short('accounts', 'accounts', 1);
  await short('vwap', 'vwap: no index', 1);

  // BRIN on the time: the table lies on disk in time order.
  await once('index: ts brin', () =>
    db.query('CREATE INDEX trades_ts ON trades USING brin (ts) WITH (pages_per_range = 32)'));
  sizes['ts brin'] = await size('trades_ts');
  await db.query('ANALYZE trades');
  await short('quarterHour', 'quarterHour', 10);
  await short('symbolDay', 'symbolDay: brin', 5);
  await short('vwap', 'vwap', 1);
  await short('vwapRewrite', 'vwapRewrite', 1);
  await db.query('SET jit = off');
  await short('vwap', 'vwap: no jit', 1);
  await db.query('SET jit = on');

  // A covering index for the symbol questions, and two ordinary ones.
  await once('index: symbol, ts covering', () => db.query(
    'CREATE INDEX trades_symbol ON trades (symbol, ts DESC) INCLUDE (price_cents, qty)'));
  sizes['symbol, ts covering'] = await size('trades_symbol');
  await once('index: trade_id', () => db.query('ALTER TABLE trades ADD PRIMARY KEY (trade_id)'));
  sizes.trade_id = await size('trades_pkey');
  await once('index: account_id', () => db.query('CREATE INDEX trades_account ON trades (account_id)'));
  sizes.account_id = await size('trades_account');
  await db.query('VACUUM (ANALYZE) trades');
  await db.query('CHECKPOINT');

  await short('symbolDay', 'symbolDay', 20);
  await short('last', 'last', 1);
  await short('lastIdiom', 'lastIdiom', 5);
  for (const [name, n, batch] of [['point', rows, 500], ['account', 2_000_000, 200]]) {
    await measure(name, async (i) => (await db.query({
      name, text: sql(name), values: [pick(i, n)], rowMode: 'array',
    })).rows.map((row) => row.map(String)), batch);
  }

  // Variant: the account index, wide enough to answer from the index alone.
  await once('index: account_id covering', () => db.query(
    'CREATE INDEX trades_wide ON trades (account_id) INCLUDE (price_cents, qty)'));
  sizes['account_id covering'] = await size('trades_wide');
  await short('accounts', 'accounts: covering', 1);
  await db.query('DROP INDEX trades_wide');

  let id = rows;
  await measure('insert', async (i) => {
    await db.query({ name: 'insert', text: sql('insert'), values: [++id, pick(i, 2_000_000)] });
  }, 200);
  await db.query(`DELETE FROM trades WHERE trade_id > ${rows}`);
  await db.end();
}

// --- run -----------------------------------------------------------------------

const began = new Date();
if (engine === 'duckdb') await duckdb();
else if (engine === 'postgres') await postgres();
else throw new Error('say duckdb or postgres');

let results = {};
try { results = JSON.parse(readFileSync(RESULTS, 'utf8')); } catch { /* the first engine */ }
results.machine = {
  processor: cpus()[0].model.trim(), processors: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30), node: process.version,
};
const before = process.env.ONLY ? results[engine] : undefined;
results[engine] = {
  version, settings, rows, began: before?.began ?? began.toISOString(),
  minutes: before?.minutes ?? (Date.now() - began.getTime()) / 60_000,
  csvBytes: statSync(csv).size,
  sizes: { ...before?.sizes, ...sizes },
  measures: { ...before?.measures, ...measures },
  answers: { ...before?.answers, ...answers },
};
writeFileSync(RESULTS, `${JSON.stringify(results, null, 1)}\n`);

const other = results[engine === 'duckdb' ? 'postgres' : 'duckdb'];
if (other?.rows === rows) {
  for (const name of Object.keys(results[engine].answers).filter((key) => key in other.answers)) {
    const same = JSON.stringify(results[engine].answers[name]) === JSON.stringify(other.answers[name]);
    console.log(same ? 'same answer  ' : 'DIFFERENT    ', name);
  }
}
