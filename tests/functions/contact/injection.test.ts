import { describe, expect, inject, it } from "vitest";
import { message, post } from "../support/contact.ts";
import { owner } from "../support/environment.ts";
import { startFresh } from "../support/fresh-start.ts";

const opened = startFresh();

// About mail, not about the database: once is enough.
describe.runIf(inject("databaseKind") === "embedded")("injection", () => {
  const hostile = [
    "\r\nBcc: victim@else.example",
    "\nTo: victim@else.example",
    "\rX-Evil: 1",
    "\0Bcc: victim@else.example",
    ", victim@else.example",
    "; victim@else.example",
    " <victim@else.example>",
    '" <victim@else.example>, "',
    "(victim@else.example)",
    "group: victim@else.example;",
    "=?utf-8?q?=0D=0ABcc:_victim@else.example?=",
    "%0d%0aBcc: victim@else.example",
    "\u2028Bcc: victim@else.example",
    "\r\n\r\n.\r\nMAIL FROM:<x@else.example>",
  ];

  it.each(hostile.flatMap((text) => ["name", "email", "message"].map((field) => [field, text])))(
    "in %s never adds a recipient or a header: %j",
    async (field = "", text = "") => {
      const value = `${message[field as keyof typeof message]}${text}`;
      const response = await post({ [field]: value });
      expect([303, 400, 422]).toContain(response.status);
      for (const { envelope, mail, raw } of opened.mailbox.deliveries) {
        expect(envelope.to).toEqual([owner]);
        expect(mail.headerLines.map(({ key }) => key).sort()).toEqual(
          [
            "auto-submitted",
            "content-type",
            "date",
            "from",
            "message-id",
            "mime-version",
            "reply-to",
            "subject",
            "to",
            "x-contact-id",
          ].sort(),
        );
        expect(mail.replyTo?.value).toHaveLength(1);
        expect(mail.replyTo?.value[0]?.address).toBe(message.email);
        expect(raw.split("\r\n\r\n")[0]).not.toMatch(/^(?:Bcc|X-Evil|To: victim)/im);
      }
      expect(opened.mailbox.deliveries).toHaveLength(response.status === 303 ? 1 : 0);
    },
  );
});
