/** A real SMTP server that keeps what it is given. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

export interface Delivery {
  /** The mail as it came over the wire. */
  readonly raw: string;
  readonly mail: ParsedMail;
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
}

export interface Mailbox {
  readonly url: string;
  readonly deliveries: Delivery[];
  /** The reply to every recipient from now on; absent takes them all. */
  refuseWith: number | undefined;
  /** Stops listening, or listens again on the same port. */
  down(): Promise<void>;
  up(): Promise<void>;
}

export async function openMailbox(): Promise<Mailbox> {
  let server = newServer();
  const deliveries: Delivery[] = [];
  const mailbox: Mailbox = { url: "", deliveries, refuseWith: undefined, down, up: () => listen(port) };

  function newServer(): SMTPServer {
    return new SMTPServer({
      authOptional: true,
      disableReverseLookup: true,
      disabledCommands: ["STARTTLS", "AUTH"],
      onRcptTo: (_address, _session, done) =>
        done(mailbox.refuseWith ? Object.assign(new Error("refused"), { responseCode: mailbox.refuseWith }) : null),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", async () => {
          const raw = Buffer.concat(chunks);
          const { mailFrom, rcptTo } = session.envelope;
          const from = mailFrom ? mailFrom.address : "";
          const to = rcptTo.map(({ address }) => address);
          deliveries.push({ raw: raw.toString("utf8"), mail: await simpleParser(raw), envelope: { from, to } });
          done();
        });
      },
    });
  }
  async function listen(at: number): Promise<void> {
    server = newServer();
    server.on("error", () => {});
    server.listen(at, "127.0.0.1");
    await once(server.server, "listening");
  }
  async function down(): Promise<void> {
    await new Promise<void>((resolve) => server.close(resolve));
  }

  await listen(0);
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(mailbox, { url: `smtp://127.0.0.1:${port}` });
}
