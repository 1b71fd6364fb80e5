/** An SMTP server that does what a test wants at each stage of a mail. Libraries behave too well for that. */
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** `connect` is before the greeting, `body` in the middle of the mail, `dot` once all of it has come. */
export const stages = ["connect", "EHLO", "MAIL", "RCPT", "DATA", "body", "dot"] as const;
export type Stage = (typeof stages)[number];

/** Ends the connection properly, resets it, says nothing more, or gives this reply. */
export type Fault = "close" | "reset" | "hang" | `${number} ${string}`;

export interface Moment {
  readonly stage: Stage;
  /** As far as it is known at this stage. */
  readonly recipient: string;
  readonly mail: string;
}

/** What goes wrong at this moment; nothing, if nothing is given. A promise lets the sender wait. */
export type Behaviour = (moment: Moment) => Fault | undefined | Promise<Fault | undefined>;

export interface ProgrammableRelay {
  readonly url: string;
  /** Mails that came whole and were not refused, also those whose sender was told nothing. */
  readonly taken: string[];
  /** Their recipients, in the same order. */
  readonly recipients: string[];
  /** Mails that were dropped because their key had come before; their sender was told that they were taken. */
  readonly repeated: string[];
  /** The most connections there were at once. */
  readonly mostConnections: number;
  close(): Promise<void>;
}

export interface BrokenRelay extends ProgrammableRelay {
  /** How often the fault showed. */
  readonly faults: number;
  heal(): void;
}

/** One thing goes wrong at one stage; every mail is taken once it is healed. */
export async function openBrokenRelay(stage: Stage, fault: Fault): Promise<BrokenRelay> {
  const state = { faults: 0, isHealed: false };
  const relay = await openRelay((moment) => {
    if (state.isHealed || moment.stage !== stage) return undefined;
    state.faults += 1;
    return fault;
  });
  return Object.defineProperties(relay as BrokenRelay, {
    faults: { get: () => state.faults },
    heal: {
      value: () => {
        state.isHealed = true;
      },
    },
  });
}

/** `keyHeader` makes it a relay that knows a mail again by this header. */
export async function openRelay(behave: Behaviour = () => undefined, keyHeader?: string): Promise<ProgrammableRelay> {
  const sockets = new Set<Socket>();
  const keys = new Set<string>();
  const books = { taken: [] as string[], recipients: [] as string[], repeated: [] as string[], most: 0 };
  const take = (mail: string, recipient: string) => {
    const key = keyHeader && new RegExp(`^${keyHeader}: (.*)\r$`, "im").exec(mail)?.[1];
    if (key && keys.has(key)) return void books.repeated.push(mail);
    if (key) keys.add(key);
    books.taken.push(mail);
    books.recipients.push(recipient);
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    books.most = Math.max(books.most, sockets.size);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    converse(socket, behave, take).catch(() => socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: books.taken,
    recipients: books.recipients,
    repeated: books.repeated,
    get mostConnections() {
      return books.most;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

async function converse(socket: Socket, behave: Behaviour, take: (mail: string, recipient: string) => void) {
  let recipient = "";
  let mail: string | undefined;
  let isOver = false;
  /** In the middle of the mail, which gets no other reply then. */
  let isRefused = false;

  /** Whether the conversation goes on as it should. */
  async function passes(stage: Stage): Promise<boolean> {
    const fault = await behave({ stage, recipient, mail: mail ?? "" });
    if (fault) show(fault);
    return fault === undefined;
  }

  function show(fault: Fault): void {
    isOver = !/^\d/.test(fault);
    if (fault === "close") socket.end();
    else if (fault === "reset") socket.resetAndDestroy();
    else if (fault !== "hang") socket.write(`${fault}\r\n`);
  }

  async function command(line: string): Promise<void> {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "MAIL") recipient = "";
    if (verb === "RCPT") recipient = /<([^>]*)>/.exec(line)?.[1] ?? "";
    const stage = stages.find((each) => each.slice(0, 4) === verb);
    if (stage && !(await passes(stage))) return;
    if (verb === "DATA") mail = "";
    socket.write(verb === "DATA" ? "354 go on\r\n" : verb === "QUIT" ? "221 bye\r\n" : "250 ok\r\n");
  }

  async function dot(): Promise<void> {
    const whole = mail ?? "";
    mail = undefined;
    if (isRefused) return;
    const fault = await behave({ stage: "dot", recipient, mail: whole });
    if (!fault || !/^[45]/.test(fault)) take(whole, recipient);
    show(fault ?? "250 taken");
  }

  if (await passes("connect")) socket.write("220 relay.example\r\n");
  let rest = "";
  for await (const chunk of socket.setEncoding("latin1")) {
    if (isOver) continue;
    rest += chunk;
    for (let end = rest.indexOf("\r\n"); end >= 0 && !isOver; end = rest.indexOf("\r\n")) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      if (mail === undefined) await command(line);
      else if (line === ".") await dot();
      else {
        if (mail === "") isRefused = !(await passes("body"));
        mail += `${line.replace(/^\./, "")}\r\n`;
      }
    }
  }
}
