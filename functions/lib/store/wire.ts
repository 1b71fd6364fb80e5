/**
 * PostgreSQL's wire protocol in front of PGlite, which has one session for all. Each connection keeps its turn from the
 * first message of a statement to its end, or to the end of its transaction; that is what @electric-sql/pglite-socket,
 * one message at a time, does not do: under load its connections ran into each other's statements and hung.
 */
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { PGlite } from "@electric-sql/pglite";
import { firstText, frame, isInsideStatement, messages, typeOf } from "./wire-messages.ts";

export interface WireServer {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Ends all connections once their present statement is done. */
  stop(): Promise<void>;
}

/** What a connection waits for before it speaks to the database; gives the function that lets the next one in. */
type Turns = () => Promise<() => void>;

/** Listens on a free port of 127.0.0.1. */
export async function serveWire(database: PGlite): Promise<WireServer> {
  const turns = queue();
  const open = new Map<Socket, Promise<void>>();
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on("error", () => socket.destroy());
    const done = converse(socket, database, turns).finally(() => open.delete(socket));
    open.set(socket, done);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of open.keys()) socket.destroy();
      await Promise.all(open.values());
      await closed;
    },
  };
}

/** First come, first served. */
function queue(): Turns {
  let last: Promise<void> = Promise.resolve();
  return async () => {
    const before = last;
    let next = () => {};
    last = new Promise((resolve) => {
      next = resolve;
    });
    await before;
    return next;
  };
}

/** Serves one connection to its end, however it ends; never rejects. */
async function converse(socket: Socket, database: PGlite, turns: Turns): Promise<void> {
  const prepared = new Set<string>();
  let endTurn: (() => void) | undefined;
  const send = (message: Uint8Array) =>
    database.execProtocolRawStream(message, { onRawData: (data) => void socket.write(data) });
  try {
    for await (const message of messages(socket)) {
      if (typeOf(message) === "X") break;
      endTurn ??= await turns();
      if (typeOf(message) === "P") prepared.add(firstText(message));
      await send(message);
      if (!isInsideStatement(message) && !database.isInTransaction()) {
        endTurn();
        endTurn = undefined;
      }
    }
  } catch {
    // The connection broke; there is nobody to tell.
  }
  socket.destroy();
  const interrupted = endTurn !== undefined;
  endTurn ??= await turns();
  await clear(database, { interrupted, prepared }).catch(() => {});
  endTurn();
}

/**
 * Leaves the shared session as if the connection had never been: no open statement or transaction, no prepared ones.
 * Always with a sink of its own: without one PGlite hands its answers to the connection that was served last.
 */
async function clear(database: PGlite, left: { interrupted: boolean; prepared: Set<string> }): Promise<void> {
  const say = (message: Uint8Array) => database.execProtocolRawStream(message, { onRawData: () => {} });
  if (left.interrupted) await say(frame("S"));
  if (database.isInTransaction()) await say(frame("Q", "ROLLBACK\0"));
  for (const name of left.prepared) await say(frame("C", `S${name}\0`));
  if (left.prepared.size > 0) await say(frame("S"));
}
