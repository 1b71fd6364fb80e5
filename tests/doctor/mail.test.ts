import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { checkMail } from "../../doctor/mail.ts";
import { openRelay } from "./relay.ts";

const said = async (smtpUrl: string | undefined) =>
  (await checkMail(smtpUrl)).map(
    ({ state, subject, detail, blocks }) => `${state}${blocks ? "!" : ""} ${subject}: ${detail}`,
  );

test("is content with a relay that takes the login, and sends no mail", async () => {
  const relay = await openRelay();
  expect(await said(`smtp://owner:right@127.0.0.1:${relay.port}`)).toEqual([
    "ok relay: answers and takes the login",
    "ok encryption: not asked for: the relay is on this machine",
  ]);
  expect(relay.mails).toBe(0);
});

test("tells a refused login from a relay that cannot be reached", async () => {
  const { port } = await openRelay();
  expect(await said(`smtp://owner:sesame@127.0.0.1:${port}`)).toEqual(["wrong! relay: refuses the login"]);
  expect(await said("smtp://owner:right@127.0.0.1:1")).toEqual(["wrong! relay: cannot be reached (ECONNREFUSED)"]);
});

test("shows neither the login nor what the relay says", async () => {
  const { port } = await openRelay({
    onAuth: (_auth, _session, done) => done(new Error("535 no sesame for owner")),
  });
  const findings = await checkMail(`smtp://owner:sesame@127.0.0.1:${port}`);
  expect(JSON.stringify(findings)).not.toMatch(/sesame|owner/);
});

test("trusts no certificate that nobody vouches for, and tells a relay that speaks in the clear on that port", async () => {
  for (const secure of [true, false]) {
    const { port } = await openRelay({ secure });
    expect(await said(`smtps://owner:right@127.0.0.1:${port}`)).toEqual([
      "wrong! relay: offers no encryption that can be trusted",
    ]);
  }
});

test("says that another kind of server is no mail server, and waits for no greeting for ever", async () => {
  const web = createServer((socket) => socket.on("error", () => {}).end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  const silent = createServer((socket) => socket.on("error", () => {}));
  for (const server of [web, silent]) {
    await once(server.listen(0, "127.0.0.1"), "listening");
    onTestFinished(() => void server.close());
  }
  const port = (server: typeof web) => (server.address() as AddressInfo).port;
  expect(await said(`smtp://127.0.0.1:${port(web)}`)).toEqual(["wrong! relay: answers, but not as a mail server"]);
  expect(await said(`smtp://127.0.0.1:${port(silent)}`)).toEqual(["wrong! relay: does not answer"]);
});

test("asks nobody without an address", async () => {
  expect(await said(undefined)).toEqual(["skipped relay: no SMTP_URL to try"]);
});
