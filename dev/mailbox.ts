/** An SMTP server that keeps every mail it accepts, for `npm start` and for tests. */
import { mkdir, open, readdir, readFile, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { type AddressObject, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

export interface Mail {
  /** `000001`, in the order of arrival. */
  readonly id: string;
  /** ISO 8601. */
  readonly received: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly replyTo: string | undefined;
  readonly subject: string;
  readonly text: string;
  /** Absent when the mail has no HTML part. */
  readonly html: string | undefined;
  /** Header lines as they came, in order. */
  readonly headers: readonly string[];
}

export interface Mailbox {
  /** `smtp://127.0.0.1:port` */
  readonly url: string;
  /** Newest first. */
  list(): readonly Mail[];
  find(id: string): Mail | undefined;
  /** The mail as it came over the wire. */
  raw(id: string): Promise<string>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** Mails lie in `folder` as `.eml` files and outlive a restart. `port` 0 takes any free one. */
export async function openMailbox(folder: string, port = 0): Promise<Mailbox> {
  await mkdir(folder, { recursive: true });
  const mails = await readAll(folder);
  let last = Number(mails.at(-1)?.id ?? 0);
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onData(stream, _session, done) {
      const id = String(++last).padStart(6, "0");
      keep(folder, id, stream).then((mail) => {
        mails.push(mail);
        done();
      }, done);
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    list: () => mails.toReversed(),
    find: (id) => mails.find((mail) => mail.id === id),
    raw: (id) => readFile(path.join(folder, `${id}.eml`), "utf8"),
    async clear() {
      for (const { id } of mails.splice(0)) await rm(path.join(folder, `${id}.eml`), { force: true });
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Answers only after the mail is on the disk: what the sender saw accepted is there after a crash. */
async function keep(folder: string, id: string, stream: NodeJS.ReadableStream): Promise<Mail> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  const file = await open(path.join(folder, `${id}.eml`), "w");
  await file.writeFile(bytes);
  await file.sync();
  await file.close();
  return parse(id, bytes, new Date());
}

async function readAll(folder: string): Promise<Mail[]> {
  const names = (await readdir(folder)).filter((name) => /^\d+\.eml$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const file = await open(path.join(folder, name));
      const { mtime } = await file.stat();
      const bytes = await file.readFile();
      await file.close();
      return parse(name.slice(0, -".eml".length), bytes, mtime);
    }),
  );
}

async function parse(id: string, bytes: Buffer, received: Date): Promise<Mail> {
  const mail = await simpleParser(bytes, { skipImageLinks: true });
  return {
    id,
    received: received.toISOString(),
    from: mail.from?.text ?? "",
    to: addresses(mail.to),
    replyTo: mail.replyTo?.text,
    subject: mail.subject ?? "",
    text: mail.text ?? "",
    html: mail.html || undefined,
    headers: mail.headerLines.map((header) => header.line),
  };
}

function addresses(to: AddressObject | AddressObject[] | undefined): string[] {
  return [to ?? []].flat().flatMap((object) => object.value.map((address) => address.address ?? ""));
}
