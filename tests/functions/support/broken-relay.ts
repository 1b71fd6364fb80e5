/** An SMTP server that does one thing wrong at one stage, and takes every mail once it is healed. Libraries behave too well for that. */
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** `connect` is before the greeting, `body` in the middle of the mail, `dot` once all of it has come. */
export const stages = ["connect", "EHLO", "MAIL", "RCPT", "DATA", "body", "dot"] as const;
export type Stage = (typeof stages)[number];

/** Ends the connection properly, resets it, says nothing more, or gives this reply. */
export type Fault = "close" | "reset" | "hang" | `${number} ${string}`;

export interface BrokenRelay {
  readonly url: string;
  /** Mails that came whole, also those whose sender was told nothing. */
  readonly taken: string[];
  /** How often the fault showed. */
  readonly faults: number;
  heal(): void;
  close(): Promise<void>;
}

export async function openBrokenRelay(stage: Stage, fault: Fault): Promise<BrokenRelay> {
  const sockets = new Set<Socket>();
  const state = { taken: [] as string[], faults: 0, isHealed: false };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    converse(
      socket,
      (now) => {
        if (state.isHealed || now !== stage) return false;
        state.faults += 1;
        fail(socket, fault);
        return true;
      },
      state.taken,
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: state.taken,
    get faults() {
      return state.faults;
    },
    heal: () => {
      state.isHealed = true;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function fail(socket: Socket, fault: Fault): void {
  if (fault === "close") socket.end();
  else if (fault === "reset") socket.resetAndDestroy();
  else if (fault !== "hang") socket.write(`${fault}\r\n`);
}

/** `breaks` says whether the conversation ends, or goes another way, at a stage. */
function converse(socket: Socket, breaks: (stage: Stage) => boolean, taken: string[]): void {
  let rest = "";
  let mail: string | undefined;
  if (!breaks("connect")) socket.write("220 relay.example\r\n");
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    rest += chunk;
    for (let end = rest.indexOf("\r\n"); end >= 0; end = rest.indexOf("\r\n")) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      if (mail === undefined) mail = command(line);
      else if (line !== ".") {
        if (mail === "" && breaks("body")) return;
        mail += `${line}\r\n`;
      } else {
        taken.push(mail);
        mail = undefined;
        if (!breaks("dot")) socket.write("250 taken\r\n");
      }
    }
  });

  /** Gives the mail that begins, if one does. */
  function command(line: string): string | undefined {
    const verb = line.slice(0, 4).toUpperCase();
    const stage = stages.find((each) => each.slice(0, 4) === verb);
    if (stage && breaks(stage)) return undefined;
    socket.write(verb === "DATA" ? "354 go on\r\n" : verb === "QUIT" ? "221 bye\r\n" : "250 ok\r\n");
    return verb === "DATA" ? "" : undefined;
  }
}
