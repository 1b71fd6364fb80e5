import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readDkim, readDmarc, readSpf } from "../../doctor/dns-records.ts";

const includes = (count: number) => Array.from({ length: count }, (_, n) => `include:r${n}.net`).join(" ");

describe("an SPF record", () => {
  test.each([
    ["ok", ["v=spf1 include:relay.net ~all"]],
    ["ok", ["google-site-verification=x", "V=SPF1 mx -all"]],
    ["ok", ["v=spf1"]],
    ["ok", [`v=spf1 ${includes(10)} ip4:192.0.2.1 ip6:2001:db8::1 -all`]],
    ["missing", []],
    ["missing", ["v=spf10 -all", "v=spf2.0/pra -all", "spf1 -all"]],
    ["wrong", ["v=spf1 -all", "v=spf1 mx -all"]],
    ["wrong", [`v=spf1 ${includes(10)} a -all`]],
    ["wrong", [`v=spf1 ${includes(9)} ?mx/24 redirect=r.net`]],
    ["wrong", ["v=spf1 +all"]],
    ["wrong", ["v=spf1 all"]],
  ])("is %s: %j", (state, records) => {
    expect(readSpf(records).state).toBe(state);
  });
});

describe("a DMARC record", () => {
  test.each([
    ["ok", ["v=DMARC1; p=none"]],
    ["ok", ["v=DMARC1;p=quarantine;rua=mailto:r@firstflight.io", "v=spf1 -all"]],
    ["ok", ["v = DMARC1 ; p = reject ;"]],
    ["missing", []],
    ["missing", ["v=dmarc1; p=none", "p=none; v=DMARC1", "v=DMARC10; p=none"]],
    ["wrong", ["v=DMARC1"]],
    ["wrong", ["v=DMARC1; p=refuse"]],
    ["wrong", ["v=DMARC1; sp=reject"]],
    ["wrong", ["v=DMARC1; p=none", "v=DMARC1; p=reject"]],
  ])("is %s: %j", (state, records) => {
    expect(readDmarc(records).state).toBe(state);
  });
});

describe("a DKIM record", () => {
  const rsa = (modulusLength: number) =>
    generateKeyPairSync("rsa", { modulusLength }).publicKey.export({ type: "spki", format: "der" }).toString("base64");
  const [long, short] = [rsa(1024), rsa(512)];
  const ed25519 = Buffer.alloc(32, 9).toString("base64");

  test.each([
    ["ok", [`v=DKIM1; k=rsa; p=${long}`]],
    ["ok", [`p=${long.slice(0, 30)} ${long.slice(30)}`]],
    ["ok", [`v=DKIM1; k=ed25519; p=${ed25519}`]],
    ["missing", []],
    ["missing", ["v=DKIM1; k=rsa", "v=spf1 -all", `v=DKIM2; p=${long}`]],
    ["wrong", ["v=DKIM1; p="]],
    ["wrong", [`v=DKIM1; p=${short}`]],
    ["wrong", [`v=DKIM1; p=${long.slice(0, 100)}`]],
    ["wrong", [`v=DKIM1; k=ed25519; p=${ed25519.slice(0, 20)}`]],
    ["wrong", [`v=DKIM1; p=${long}`, `v=DKIM1; p=${long}`]],
  ])("is %s: %j", (state, records) => {
    expect(readDkim(records).state).toBe(state);
  });
});
