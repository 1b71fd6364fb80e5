/** A real name server of a few records on this machine, over UDP. */
import { createSocket } from "node:dgram";
import type { Resolver } from "node:dns/promises";
import { once } from "node:events";
import { onTestFinished } from "vitest";
import { impatientResolver } from "../../doctor/dns-questions.ts";

/** By name: TXT records as text, MX and NS records as host names. */
export type Zone = Readonly<
  Record<string, { readonly txt?: readonly string[]; readonly mx?: readonly string[]; readonly ns?: readonly string[] }>
>;

const types = { ns: 2, mx: 15, txt: 16 } as const;

/** Address of a server that knows `zone` and nothing else; it says of every other name that it does not exist. */
export async function openNameServer(zone: Zone): Promise<string> {
  const socket = createSocket("udp4");
  socket.on("message", (question, { port, address }) => socket.send(answer(question, zone), port, address));
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  onTestFinished(() => void socket.close());
  return `127.0.0.1:${socket.address().port}`;
}

export async function resolverOf(zone: Zone): Promise<Resolver> {
  return impatientResolver(await openNameServer(zone));
}

/** Asks nobody: a port of this machine where nothing listens. */
export async function resolverOfNobody(): Promise<Resolver> {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  return impatientResolver(`127.0.0.1:${port}`);
}

/** @see RFC 1035 §4.1 */
function answer(message: Buffer, zone: Zone): Buffer {
  const end = message.indexOf(0, 12) + 5;
  const type = message.readUInt16BE(end - 4);
  const records = zone[nameIn(message)];
  const found = Object.entries(types).flatMap(([key, number]) =>
    number === type ? (records?.[key as keyof typeof types] ?? []) : [],
  );
  const header = Buffer.alloc(12);
  message.copy(header, 0, 0, 2);
  header.writeUInt16BE(records ? 0x8580 : 0x8583, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(found.length, 6);
  return Buffer.concat([header, message.subarray(12, end), ...found.map((text) => record(type, text))]);
}

function nameIn(message: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; message[at]; at += 1 + (message[at] ?? 0))
    labels.push(message.toString("latin1", at + 1, at + 1 + (message[at] ?? 0)));
  return labels.join(".").toLowerCase();
}

/** Its name is a pointer to the question's. */
function record(type: number, text: string): Buffer {
  const body =
    type === types.txt
      ? strings(text)
      : type === types.mx
        ? Buffer.concat([Buffer.from([0, 10]), host(text)])
        : host(text);
  const head = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, body.length >> 8, body.length & 255]);
  return Buffer.concat([head, body]);
}

/** Of at most 255 bytes each. */
function strings(text: string): Buffer {
  const parts = text.match(/.{1,255}/gs) ?? [""];
  return Buffer.concat(parts.map((part) => Buffer.from(`${String.fromCharCode(part.length)}${part}`, "latin1")));
}

/** `""` is the root, which an MX record names where no mail is taken. */
function host(name: string): Buffer {
  const labels = name === "" ? [] : name.split(".").map(strings);
  return Buffer.concat([...labels, Buffer.from([0])]);
}
