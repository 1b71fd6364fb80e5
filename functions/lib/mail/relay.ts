/**
 * A connection to the relay that knows at each moment what may have happened to a mail. nodemailer's own errors do not say
 * whether a mail was taken; but its connection reads the message to the end before it sends the last dot, and our stream
 * ends only when a gate opens. What fails before that was certainly not sent.
 */
import { Readable } from "node:stream";
import type SMTPConnection from "nodemailer/lib/smtp-connection";
import type { Config } from "../config.ts";
import { limits } from "../limits.ts";
import { errorCode } from "../log.ts";
import { relayOptions } from "./mailer.ts";

export interface Envelope {
  readonly from: string;
  readonly to: string;
}

export type Stage = "MAIL FROM" | "RCPT TO" | "DATA" | "dot";

/** What became of a mail. `code` is a short code, never a text of the relay's. */
export type Outcome =
  | { readonly kind: "sent" }
  /** The relay's own word: it did not take the mail. */
  | { readonly kind: "refused"; readonly stage: Stage; readonly status: number; readonly code: string }
  /** Certainly not sent: the connection failed before the dot. */
  | { readonly kind: "unsent"; readonly code: string }
  /** Not sent because the gate stayed shut; it knows why. */
  | { readonly kind: "shut" }
  /** The dot was out and no reply came. */
  | { readonly kind: "unknown"; readonly code: string };

export interface Relay {
  /** Whether another mail can go this way. */
  isOpen(): boolean;
  /**
   * Sends one mail. `gate` is asked once the relay has everything but the last dot; if it says no, or throws, the connection
   * is cut. Never rejects.
   */
  send(envelope: Envelope, message: Buffer, gate: () => Promise<boolean>): Promise<Outcome>;
  /** Ends the connection politely; resolves when it is closed. */
  quit(): Promise<void>;
}

/** The relay does not answer, or refuses the login; `code` says which. */
export class RelayDown extends Error {
  override readonly name = "RelayDown";
  readonly code: string;
  constructor(code: string, cause: unknown) {
    super("the relay cannot be used", { cause });
    this.code = code;
  }
}

/**
 * Connects, greets and logs in. Whatever is waited for, on this connection, is waited for until `endBy` at most, a moment of
 * `performance.now()`. @throws {RelayDown}
 */
export async function openRelay({ smtpUrl }: Pick<Config, "smtpUrl">, endBy: number): Promise<Relay> {
  // Only a call that sends pays for loading it.
  const [{ default: Connection }, { parseConnectionUrl }] = await Promise.all([
    import("nodemailer/lib/smtp-connection"),
    import("nodemailer/lib/shared"),
  ]);
  const { auth, ...server } = parseConnectionUrl(smtpUrl);
  const connection = new Connection({
    ...relayOptions(smtpUrl),
    ...server,
    // Silence has limits of its own, which differ from stage to stage.
    socketTimeout: limits.relayDotMs + limits.relayMailMs,
    // What is cut is cut: not another byte of a mail whose gate stayed shut.
    socketCloseTimeout: 0,
  });
  const patience = (mostMs: number) => Math.max(0, Math.min(mostMs, endBy - performance.now()));
  await opened(connection, auth, patience(limits.relayOpenMs));
  let sent = 0;
  return {
    isOpen: () => !connection.destroyed && sent < limits.relayMailsPerConnection,
    send(envelope, message, gate) {
      sent += 1;
      return sendGated(connection, { envelope, message, gate, patience });
    },
    quit: () => quit(connection),
  };
}

type Auth = Parameters<SMTPConnection["login"]>[0];

async function opened(connection: SMTPConnection, auth: unknown, waitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(coded("ETIMEDOUT")), waitMs);
      connection.once("error", reject);
      connection.once("end", () => reject(coded("ECONNECTION")));
      connection.connect((error) => {
        if (error) return reject(error);
        if (!auth) return resolve();
        connection.login(auth as Auth, (refused) => (refused ? reject(refused) : resolve()));
      });
    });
  } catch (error) {
    connection.on("error", () => {});
    connection.close();
    throw new RelayDown(shortCode(error), error);
  } finally {
    clearTimeout(timer);
  }
  connection.removeAllListeners("error");
  connection.removeAllListeners("end");
  // Told to whoever is sending; while nobody is, there is nobody to tell.
  connection.on("error", () => {});
}

interface Sending {
  readonly envelope: Envelope;
  readonly message: Buffer;
  readonly gate: () => Promise<boolean>;
  /** How long something may take from now on that may take so long at most. */
  readonly patience: (mostMs: number) => number;
}

/** Pieces in which a mail goes out, so that the gate is asked when almost all of it is on its way. */
const pieceBytes = 16 * 1024;

function sendGated(connection: SMTPConnection, { envelope, message, gate, patience }: Sending): Promise<Outcome> {
  return new Promise((resolve) => {
    /** `dot` from the moment in which the stream is allowed to end. */
    let stage: "before" | "gate" | "dot" | "over" = "before";
    let timer = setTimeout(() => cut("ETIMEDOUT"), patience(limits.relayMailMs));

    const settle = (outcome: Outcome) => {
      if (stage === "over") return;
      stage = "over";
      clearTimeout(timer);
      resolve(outcome);
    };
    /** Ends the connection where it stands. */
    const cut = (code: string) => {
      settle({ kind: stage === "dot" ? "unknown" : "unsent", code });
      connection.close();
    };
    const openGate = async (stream: Readable) => {
      stage = "gate";
      clearTimeout(timer);
      const isOpen = await gate().catch(() => false);
      // The relay said something, or went away, before it had the mail.
      if (stage !== "gate") return;
      if (!isOpen) {
        settle({ kind: "shut" });
        return connection.close();
      }
      stage = "dot";
      timer = setTimeout(() => cut("ETIMEDOUT"), patience(limits.relayDotMs));
      stream.push(null);
    };

    let at = 0;
    const stream = new Readable({
      highWaterMark: pieceBytes,
      read() {
        if (at < message.length) {
          this.push(message.subarray(at, at + pieceBytes));
          at += pieceBytes;
        } else if (stage === "before") void openGate(this);
      },
    });
    connection.send({ from: envelope.from, to: [envelope.to] }, stream, (error) => {
      if (!error && stage === "dot") return settle({ kind: "sent" });
      // A good reply to half a mail is no reply at all.
      if (!error) return cut("EPROTOCOL");
      const outcome = judge(error, stage === "dot");
      // After a refusal amid the mail its rest would be read as commands.
      const isClean = outcome.kind === "refused" && outcome.status !== 421 && (outcome.stage === "dot" || at === 0);
      if (!isClean) connection.close();
      // A transaction that ended before DATA is still open.
      if (!isClean || outcome.stage === "dot" || connection.destroyed) return settle(outcome);
      connection.reset((stuck) => {
        if (stuck) connection.close();
        settle(outcome);
      });
    });
  });
}

/** A reply is the relay's word, whenever it comes. Without one it depends on whether the dot was out. */
function judge(error: Error, isDotOut: boolean): Outcome {
  const { responseCode: status, command } = error as Error & { responseCode?: number; command?: string };
  const code = shortCode(error);
  if (status !== undefined && status >= 400 && status < 600) {
    return { kind: "refused", stage: isDotOut ? "dot" : stageOf(command), status, code };
  }
  return { kind: isDotOut ? "unknown" : "unsent", code };
}

function stageOf(command: string | undefined): Stage {
  return command === "MAIL FROM" || command === "RCPT TO" ? command : "DATA";
}

/** `550 5.1.1`, `ECONNECTION`. @see RFC 3463 for the second number */
function shortCode(error: unknown): string {
  const { response = "" } = error as { response?: string };
  const [, status, enhanced] = /^([45]\d\d)[ -](?:([45]\.\d{1,3}\.\d{1,3})\b)?/.exec(response) ?? [];
  return [status, enhanced].filter(Boolean).join(" ") || (errorCode(error) ?? "UNKNOWN");
}

function coded(code: string): Error {
  return Object.assign(new Error("the relay was given up"), { code });
}

async function quit(connection: SMTPConnection): Promise<void> {
  if (connection.destroyed) return;
  const ended = new Promise((resolve) => connection.once("end", resolve));
  const timer = setTimeout(() => connection.close(), limits.mailConnectMs);
  connection.quit();
  await ended;
  clearTimeout(timer);
}
