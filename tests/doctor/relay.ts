/** A real mail relay that takes one login and no mail. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { onTestFinished } from "vitest";

export interface Relay {
  readonly port: number;
  /** Mails that somebody began to send. */
  readonly mails: number;
}

/** Takes `owner` with `right` on 127.0.0.1. */
export async function openRelay(options: SMTPServerOptions = {}): Promise<Relay> {
  let mails = 0;
  const server = new SMTPServer({
    logger: false,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    onAuth: ({ username, password }, _session, done) =>
      username === "owner" && password === "right" ? done(null, { user: username }) : done(new Error("Invalid login")),
    onMailFrom: (_address, _session, done) => {
      mails += 1;
      done();
    },
    ...options,
  });
  server.on("error", () => {});
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    get mails() {
      return mails;
    },
  };
}
