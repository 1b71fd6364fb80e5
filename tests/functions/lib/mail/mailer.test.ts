import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, it } from "vitest";
import { messageIdOf, smtpMailer } from "../../../../functions/lib/mail/mailer.ts";
import { html } from "../../../../site/html.ts";
import { openMailbox } from "../../support/mailbox.ts";

const mailFrom = { address: "blog@example.com", name: 'The "Blog", Ltd' };
const mail = {
  messageId: "1@example.com",
  to: { address: "ann@example.com" },
  subject: "S",
  text: "T\n",
  html: html`<p>T</p>`,
};

it("never takes a name or a text for addresses, headers or files", async () => {
  const mailbox = await openMailbox();
  const hostile = "x\r\nBcc: b@else.example, <c@else.example>";
  const sending = smtpMailer({ smtpUrl: mailbox.url, mailFrom }).send({
    ...mail,
    replyTo: { address: "ann@example.com", name: hostile },
    subject: hostile,
    text: hostile,
  });
  await sending;
  await mailbox.down();
  const [delivery] = mailbox.deliveries;
  expect(delivery?.envelope).toEqual({ from: "blog@example.com", to: ["ann@example.com"] });
  expect(delivery?.raw.split("\r\n\r\n")[0]).not.toMatch(/^Bcc:/im);
  expect(delivery?.mail.replyTo?.value.map(({ address }) => address)).toEqual(["ann@example.com"]);
  expect(delivery?.mail.from?.value).toEqual([{ address: mailFrom.address, name: mailFrom.name }]);
  expect(delivery?.mail.messageId).toBe("<1@example.com>");
});

it("gives up a relay that takes the connection and says nothing", async () => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  await expect(smtpMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, mailFrom }).send(mail)).rejects.toMatchObject({
    code: "ETIMEDOUT",
  });
  silent.close();
});

it("makes a Message-ID of the sender's domain", () => {
  expect(messageIdOf("1", mailFrom)).toBe("1@example.com");
});
