import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { checkDns } from "../../doctor/dns.ts";
import { resolverOf, resolverOfNobody, type Zone } from "./name-server.ts";

const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const key = publicKey.export({ type: "spki", format: "der" }).toString("base64");

const domain = "blog.firstflight.io";
const complete: Zone = {
  [domain]: { txt: ["unrelated=1", "v=spf1 include:relay.net -all"], mx: ["in.relay.net"] },
  [`s1._domainkey.${domain}`]: { txt: [`v=DKIM1; k=rsa; p=${key}`] },
  [`_dmarc.${domain}`]: { txt: ["v=DMARC1; p=reject"] },
};
const online: Zone = { io: { ns: ["a.nic.io"] } };

const states = async (zone: Zone, selectors: readonly string[] = []) => {
  const findings = await checkDns(await resolverOf(zone), { domain, selectors });
  return Object.fromEntries(findings.map(({ subject, state, detail }) => [subject, `${state}: ${detail}`]));
};

test("finds the records of a domain that has all of them, a key of several strings included", async () => {
  expect(await states(complete)).toEqual({
    SPF: "ok: one record",
    "DKIM s1": "ok: RSA key of 2048 bits",
    DMARC: "ok: p=reject",
    MX: "ok: one mail host",
  });
});

test("says of each record that is not there that it is missing, and what to do", async () => {
  const findings = await checkDns(await resolverOf(online), { domain, selectors: [] });
  expect(findings.map(({ subject, state }) => `${subject} ${state}`)).toEqual([
    "SPF missing",
    "DKIM missing",
    "DMARC missing",
    "MX missing",
  ]);
  for (const { remedy, blocks } of findings) expect([typeof remedy, blocks]).toEqual(["string", false]);
  expect(findings[1]?.remedy).toContain("--selector NAME");
});

test("looks for DMARC above a subdomain that has none", async () => {
  const above = { ...online, "_dmarc.firstflight.io": { txt: ["v=DMARC1; p=none"] } };
  expect(await states(above)).toMatchObject({ DMARC: expect.stringMatching(/^ok: p=none.*\(of firstflight\.io\)$/) });
  const top = { ...online, "_dmarc.io": { txt: ["v=DMARC1; p=none"] } };
  expect(await states(top)).toMatchObject({ DMARC: "missing: no record" });
});

test("asks for the selectors that the person names, and only for them", async () => {
  const zone = { ...complete, [`own._domainkey.${domain}`]: { txt: [`p=${key}`] } };
  expect(await states(zone, ["own", "lost"])).toMatchObject({
    "DKIM own": "ok: RSA key of 2048 bits",
    "DKIM lost": "missing: no key",
  });
  expect(Object.keys(await states(zone, ["own"]))).not.toContain("DKIM s1");
});

test("says once that a key was revoked, whatever selector is asked for", async () => {
  const zone = {
    ...online,
    [`s1._domainkey.${domain}`]: { txt: ["v=DKIM1; p="] },
    [`s2._domainkey.${domain}`]: { txt: ["v=DKIM1; p="] },
  };
  const dkim = Object.entries(await states(zone)).filter(([subject]) => subject.startsWith("DKIM"));
  expect(dkim).toEqual([["DKIM s1", "wrong: the key was revoked"]]);
});

test("warns of a sender's domain that takes no mail", async () => {
  const zone = { ...complete, [domain]: { txt: ["v=spf1 -all"], mx: [""] } };
  expect(await states(zone)).toMatchObject({ MX: expect.stringMatching(/^wrong: .*takes no mail/) });
});

test("says that it is not online when nobody answers, or nobody who knows the top-level domain", async () => {
  for (const resolver of [await resolverOfNobody(), await resolverOf({})]) {
    expect(await checkDns(resolver, { domain, selectors: [] })).toEqual([
      { state: "skipped", subject: "records", detail: expect.stringContaining("not online"), blocks: false },
    ]);
  }
});

test.each([undefined, "example.com", "blog.example"])("asks nobody about %s", async (domain) => {
  // Whoever asks here waits for nobody, and then says something else.
  const findings = await checkDns(await resolverOfNobody(), { domain, selectors: [] });
  expect(findings.map(({ state, detail }) => `${state} ${detail}`)).toEqual([
    expect.stringMatching(/^skipped (?:no MAIL_FROM|.* is a domain for examples)/),
  ]);
});
