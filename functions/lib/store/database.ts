/** PostgreSQL through postgres.js: two connections, parameterised statements, another try after a dead connection. */
import { limits } from "../limits.ts";
import { errorCode } from "../log.ts";
import {
  type Connection,
  type Connections,
  leavesConnection,
  openConnection,
  openConnections,
  type Sql,
} from "./connections.ts";

export type { Sql };

export interface Database {
  /**
   * Runs statements. `work` must bear running again: it does when its connection died, perhaps after it was done.
   * Rejects with {@link DatabaseDown} when the database cannot be reached or does not answer in time.
   */
  run<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** The same, in one transaction. Never await anything but its own `sql` in it. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** The same database for whoever can wait only so long. */
  within(waitMs: number): Database;
  close(): Promise<void>;
}

/** The database cannot be reached; `cause` is the driver's error. */
export class DatabaseDown extends Error {
  override readonly name = "DatabaseDown";
}

/** Connects at the first statement. `?prepare=false` in the address, or a pooler's host, turns prepared statements off. */
export function openDatabase(databaseUrl: string, waitMs: number = limits.databaseWaitMs): Database {
  const { url, options } = driverOptions(databaseUrl);
  const connections = openConnections(() => openConnection(url, options), limits.databaseConnections);
  return patient(connections, waitMs);
}

function patient(connections: Connections, waitMs: number): Database {
  const steady = <T>(work: (connection: Connection) => Promise<T>) => {
    const signal = AbortSignal.timeout(waitMs);
    return attempt(() => connections.use(work, signal)).catch(explain);
  };
  return {
    run: (work) => steady(({ sql }) => work(sql)),
    transaction: (work) => steady((connection) => inTransaction(connection, work)),
    within: (lessMs) => patient(connections, Math.min(waitMs, lessMs)),
    close: connections.close,
  };
}

function driverOptions(databaseUrl: string) {
  const url = new URL(databaseUrl);
  const pooler = url.hostname.includes("-pooler.") || url.port === "6543";
  const prepare = url.searchParams.get("prepare") !== "false" && !pooler;
  // The driver would send what it does not know to the server, which refuses it.
  for (const key of ["prepare", "pgbouncer", "channel_binding"]) url.searchParams.delete(key);
  const options = {
    prepare,
    idle_timeout: limits.databaseIdleSeconds,
    connect_timeout: limits.databaseConnectSeconds,
    fetch_types: false,
    onnotice: () => {},
  };
  return { url: url.href, options };
}

async function inTransaction<T>(connection: Connection, work: (sql: Sql) => Promise<T>): Promise<T> {
  const { sql } = connection;
  await sql`BEGIN`;
  try {
    const value = await work(sql);
    const { command } = await sql`COMMIT`;
    // So PostgreSQL ends a transaction in which a statement had failed, without an error.
    if (command !== "COMMIT") throw new Error("the transaction was rolled back");
    return value;
  } catch (error) {
    // Otherwise the connection is given up, and with it the transaction.
    if (leavesConnection(error)) await sql`ROLLBACK`;
    throw error;
  }
}

/** Codes of a connection that was open and died, and of a lost race: the same again is likely to pass. */
const passing = /^(?:CONNECTION_CLOSED|CONNECTION_DESTROYED|ECONNRESET|EPIPE|57P0[12]|08003|08006|40001|40P01)$/;

/** A thawed instance may find each of its connections dead, hence one more try per connection. */
async function attempt<T>(work: () => Promise<T>, retries: number = limits.databaseConnections): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (retries === 0 || !passing.test(errorCode(error) ?? "")) throw error;
    return attempt(work, retries - 1);
  }
}

/** Codes of Node.js, the driver and PostgreSQL that mean: no database. @see PostgreSQL manual, appendix A */
const unreachable =
  /^(?:CONNECT\w+|ECONN\w+|EPIPE|ETIMEDOUT|E\w+UNREACH|ENOTFOUND|EAI_AGAIN|ENOENT|(?:08|28|3D|53|57)\w{3})$/;

function explain(error: unknown): never {
  const late = error instanceof DOMException && error.name === "TimeoutError";
  if (late || unreachable.test(errorCode(error) ?? "")) throw new DatabaseDown("no database", { cause: error });
  throw error;
}
