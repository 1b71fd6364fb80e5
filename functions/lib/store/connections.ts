/**
 * A few connections, each lent to one piece of work at a time and thrown away once it has closed. postgres.js has a pool of
 * its own, but after the server ended a connection it hung, or ended the process, in one of three tries; and outside its
 * `begin` it goes on with a transaction on another connection. A driver with one connection that is never used again has
 * neither fault.
 */
import postgres from "postgres";

/** Tagged template for a statement. */
export type Sql = postgres.ISql;

export interface Connection {
  /** Throws CONNECTION_CLOSED once the connection has closed. */
  readonly sql: Sql;
  isClosed(): boolean;
  /** At once, whatever it is doing. */
  destroy(): void;
  /** After what it is doing, at most five seconds later. */
  end(): Promise<void>;
}

export interface Connections {
  /** Rejects with the signal's reason when it aborts; the connection is destroyed then, because its work may go on. */
  use<T>(work: (connection: Connection) => Promise<T>, signal: AbortSignal): Promise<T>;
  close(): Promise<void>;
}

export function openConnections(open: () => Connection, size: number): Connections {
  const idle = Array.from({ length: size }, open);
  const lent = new Set<Connection>();
  const waiting: ((connection: Connection) => void)[] = [];

  async function lend(): Promise<Connection> {
    const free = idle.pop() ?? (await new Promise<Connection>((resolve) => waiting.push(resolve)));
    const connection = free.isClosed() ? open() : free;
    lent.add(connection);
    return connection;
  }

  function giveBack(connection: Connection): void {
    lent.delete(connection);
    const next = waiting.shift();
    if (next) next(connection);
    else idle.push(connection);
  }

  return {
    async use(work, signal) {
      const connection = await lend();
      try {
        // Its turn came too late: the connection is none the worse for it.
        if (signal.aborted) throw signal.reason;
        return await guarded(work, connection, signal);
      } finally {
        giveBack(connection);
      }
    },
    async close() {
      await Promise.all([...idle, ...lent].map((connection) => connection.end()));
    },
  };
}

async function guarded<T>(work: (connection: Connection) => Promise<T>, connection: Connection, signal: AbortSignal) {
  try {
    return await Promise.race([work(connection), rejectOn(signal)]);
  } catch (error) {
    if (!leavesConnection(error)) connection.destroy();
    throw error;
  }
}

/** Whether a connection is sound after this error: an ordinary one of the server is the only kind that says so. */
export function leavesConnection(error: unknown): boolean {
  return error instanceof postgres.PostgresError && !/^(?:FATAL|PANIC)$/.test(error.severity);
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
}

/** Connects at the first statement. */
export function openConnection(url: string, options: postgres.Options<Record<string, never>>): Connection {
  let closed = false;
  const onclose = () => {
    closed = true;
  };
  const driver = postgres(url, { ...options, max: 1, onclose });
  const open = () => {
    if (closed) throw Object.assign(new Error("the connection has closed"), { code: "CONNECTION_CLOSED" });
    return driver;
  };
  return {
    sql: new Proxy(driver, {
      apply: (_, self, values) => Reflect.apply(open(), self, values),
      get: (_, key) => Reflect.get(open(), key),
    }),
    isClosed: () => closed,
    destroy() {
      closed = true;
      driver.end({ timeout: 0 }).catch(() => {});
    },
    end: () => driver.end({ timeout: 5 }),
  };
}
