/**
 * Messages of PostgreSQL's wire protocol, as bytes.
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
import type { Socket } from "node:net";

/** Whole messages, in order. The first has no type; a request for encryption or cancelling comes before it and is not for the database. */
export async function* messages(socket: Socket): AsyncGenerator<Uint8Array> {
  let buffer: Buffer = Buffer.alloc(0);
  let started = false;
  for await (const chunk of socket) {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const length = messageLength(buffer, started);
      if (length === undefined || buffer.length < length) break;
      const message = buffer.subarray(0, length);
      buffer = buffer.subarray(length);
      if (started || isStartUp(message)) yield message;
      else if (encryptionRequests.includes(message.readInt32BE(4))) socket.write("N");
      else return;
      started ||= isStartUp(message);
    }
  }
}

/** By TLS and by GSSAPI. */
const encryptionRequests: readonly number[] = [80877103, 80877104];

function isStartUp(message: Buffer): boolean {
  return message.readInt32BE(4) >>> 16 === 3;
}

function messageLength(buffer: Buffer, started: boolean): number | undefined {
  if (!started) return buffer.length < 8 ? undefined : buffer.readInt32BE(0);
  return buffer.length < 5 ? undefined : 1 + buffer.readInt32BE(1);
}

/** The letter of a message; of the first message, which has none, NUL. */
export function typeOf(message: Uint8Array): string {
  return String.fromCharCode(message[0] ?? 0);
}

/** Parse, bind, describe, execute, close, flush and copied data go on until a sync. */
export function isInsideStatement(message: Uint8Array): boolean {
  return "PBDECHd".includes(typeOf(message));
}

/** The text a message begins with, the name of what it prepares. */
export function firstText(message: Uint8Array): string {
  return Buffer.from(message.subarray(5, message.indexOf(0, 5))).toString("utf8");
}

/** A message of our own. */
export function frame(type: string, body = ""): Uint8Array {
  const message = Buffer.alloc(5 + Buffer.byteLength(body));
  message.write(type, 0);
  message.writeInt32BE(message.length - 1, 1);
  message.write(body, 5);
  return message;
}
