/** A wire to the database that can be cut, delayed and counted. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

export interface Wire {
  /** The given address, by way of the wire. */
  readonly url: string;
  /** Milliseconds that whatever a client says takes to the server, and those that the first word on a connection takes. */
  delays: { each: number; first: number };
  /** The most connections there were at once. */
  readonly mostConnections: number;
  /** Cuts every connection and takes no more, or takes them again. */
  down(): void;
  up(): void;
  close(): Promise<void>;
}

/** Hears what is about to go over the wire, as text, and says whether it does; if not, the connection is cut. */
export interface Ear {
  said(words: string): Promise<boolean>;
  answered(words: string): Promise<boolean>;
}

export async function openWire(databaseUrl: string, ear?: Ear): Promise<Wire> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const state = { delays: { each: 0, first: 0 }, most: 0, isDown: false };
  const server = createServer((client) => {
    if (state.isDown) return void client.resetAndDestroy();
    const onward = connect(Number(target.port), target.hostname);
    for (const socket of [client, onward]) {
      sockets.add(socket);
      socket
        .on("error", () => {})
        .on("close", () => {
          sockets.delete(socket);
          client.destroy();
          onward.destroy();
        });
    }
    // A moment later: those that the client has ended meanwhile are not counted.
    setTimeout(() => {
      state.most = Math.max(state.most, sockets.size / 2);
    }, 50);
    forward(client, onward, state, ear?.said);
    if (ear) hear(onward, client, ear.answered);
    else onward.pipe(client);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    get delays() {
      return state.delays;
    },
    set delays(delays) {
      state.delays = delays;
    },
    get mostConnections() {
      return state.most;
    },
    down() {
      state.isDown = true;
      for (const socket of sockets) socket.resetAndDestroy();
    },
    up() {
      state.isDown = false;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

type Hears = Ear["said"];

/** What the client says goes on in order, each piece after its delay; that the client is gone is seen at once. */
function forward(client: Socket, onward: Socket, state: { readonly delays: Wire["delays"] }, hears?: Hears): void {
  let isFirst = true;
  let before: Promise<unknown> = Promise.resolve();
  client.on("data", (chunk) => {
    const delay = isFirst ? state.delays.first : state.delays.each;
    isFirst = false;
    before = before.then(() => (delay > 0 ? wait(delay) : undefined)).then(() => pass(chunk, onward, hears));
  });
}

/** In order. */
function hear(from: Socket, onward: Socket, hears: Hears): void {
  let before: Promise<unknown> = Promise.resolve();
  from.on("data", (chunk) => {
    before = before.then(() => pass(chunk, onward, hears));
  });
}

async function pass(chunk: Buffer, onward: Socket, hears: Hears | undefined): Promise<void> {
  if (hears && !(await hears(chunk.toString("latin1")))) onward.destroy();
  else onward.write(chunk);
}
