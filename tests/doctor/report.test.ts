import { expect, test } from "vitest";
import { missing, ok, skipped, wrong } from "../../doctor/finding.ts";
import { findingsAsJson, formatFindings } from "../../doctor/report.ts";
import { within } from "../../doctor/time-limit.ts";

const groups = [
  { title: "Mail", findings: [ok("relay", "answers"), wrong("encryption", "none", { remedy: "use smtps://" })] },
  {
    title: "Database",
    findings: [missing("url", "not set", { remedy: "set it", blocks: true }), skipped("x", "offline")],
  },
];

test("says each finding on one line, aligned, with what to do, and counts them last", () => {
  expect(formatFindings(groups)).toBe(`Mail
  ok       relay       answers
  wrong    encryption  none; use smtps://

Database
  missing  url         not set; set it
  skipped  x           offline

1 ok, 1 missing, 1 wrong, 1 skipped: 1 of them would keep the site from working in production`);
});

test("says that nothing is in the way when nothing is", () => {
  expect(formatFindings([{ title: "Mail", findings: [missing("MX", "none")] }])).toMatch(
    /\n1 missing: nothing keeps the site from working in production$/,
  );
});

test("colours what blocks unlike what does not", () => {
  const kinds: string[] = [];
  formatFindings(groups, (kind, text) => {
    if (/^(?:ok|missing|wrong|skipped)/.test(text)) kinds.push(kind);
    return text;
  });
  expect(kinds).toEqual(["good", "warning", "error", "hint"]);
});

test("gives programs the same findings with their groups", () => {
  expect(JSON.parse(findingsAsJson(groups))).toEqual([
    { group: "Mail", state: "ok", subject: "relay", detail: "answers", blocks: false },
    { group: "Mail", state: "wrong", subject: "encryption", detail: "none", remedy: "use smtps://", blocks: false },
    { group: "Database", state: "missing", subject: "url", detail: "not set", remedy: "set it", blocks: true },
    { group: "Database", state: "skipped", subject: "x", detail: "offline", blocks: false },
  ]);
});

const limit = { subject: "mail", ms: 60_000, blocks: true };

test("a check that breaks is a finding of its own, by a code and never by its message", async () => {
  const broken = async () => Promise.reject(Object.assign(new Error("smtp://u:sesame@host"), { code: "EBROKEN" }));
  expect(await within(limit, broken)).toEqual([wrong("mail", "could not be checked (EBROKEN)", { blocks: true })]);
  const bug = () => Promise.reject(new TypeError("sesame"));
  expect(await within(limit, bug)).toEqual([wrong("mail", "could not be checked (TypeError)", { blocks: true })]);
});

test("a check that never ends is a finding too", async () => {
  const never = () => new Promise<never>(() => {});
  expect(await within({ ...limit, ms: 1, blocks: false }, never)).toEqual([wrong("mail", "no result within 0.001 s")]);
});
