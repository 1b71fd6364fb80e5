/** What a mail says of its list. A relay signs our mails: with which list of headers, a receiver believes in the one click. @see RFC 2369, RFC 8058 §4 */
import { generateKeyPairSync } from "node:crypto";
import { dkimSign } from "mailauth/lib/dkim/sign.js";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
import { simpleParser } from "mailparser";
import { expect, it } from "vitest";
import { compose } from "../../../../functions/lib/newsletter/letter.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "der" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

const signingDomain = "exactly-once.example";
const sender = {
  mailFrom: { address: `blog@${signingDomain}`, name: "Exactly Once" },
  siteUrl: `https://${signingDomain}`,
};
const unsubscribe = `https://${signingDomain}/newsletter/unsubscribe?token=v1.k1.123456.${"x".repeat(43)}`;
const letter = { subject: "Über Kafka", html: "<p>Straße</p>", text: "Straße\n.\n", unsubscribe };

/** As a relay would; gives the names of the headers that the signature covers, once it has been verified. */
async function covered(headerList?: string): Promise<readonly string[]> {
  const message = await compose(sender, letter, { to: "reader@reader.example", messageId: `m1@${signingDomain}` });
  const key = { signingDomain, selector: "s1", privateKey };
  const { signatures } = await dkimSign(message, { ...key, signatureData: [key], ...(headerList && { headerList }) });
  const signed = Buffer.concat([Buffer.from(signatures), message]);
  const record = `v=DKIM1; k=rsa; p=${publicKey.toString("base64")}`;
  const { results } = await dkimVerify(signed, { resolver: async () => [[record]] });
  expect(results.map(({ status }) => status.result)).toEqual(["pass"]);
  return results[0]?.signingHeaders?.keys?.toLowerCase().split(/:\s*/) ?? [];
}

it("the usual list of headers covers List-Unsubscribe, but not List-Unsubscribe-Post: a relay has to know RFC 8058", async () => {
  const usual = await covered();
  expect(usual).toEqual(expect.arrayContaining(["from", "subject", "message-id", "list-id", "list-unsubscribe"]));
  expect(usual).not.toContain("list-unsubscribe-post");
});

it("a list that names both covers the one click, and the signature holds", async () => {
  const both = await covered(
    "From:To:Subject:Date:Message-ID:MIME-Version:Content-Type:List-Id:List-Unsubscribe:List-Unsubscribe-Post",
  );
  expect(both).toEqual(expect.arrayContaining(["list-unsubscribe", "list-unsubscribe-post"]));
});

it("says of the list where its help, its archive and its doors are, each on the own site", async () => {
  const message = await compose(sender, letter, { to: "reader@reader.example", messageId: `m1@${signingDomain}` });
  const { headers } = await simpleParser(message);
  expect(headers.get("list")).toMatchObject({
    id: { name: `newsletter.${signingDomain}` },
    help: { url: `https://${signingDomain}/newsletter/` },
    subscribe: { url: `https://${signingDomain}/newsletter/` },
    archive: { url: `https://${signingDomain}/posts/` },
    unsubscribe: { url: unsubscribe },
  });
});
