import { expect, it } from "vitest";
import { comesFromHere } from "../../../../functions/lib/http/origin.ts";

const here = "https://example.com";
const cases: readonly [boolean, Record<string, string>, string?][] = [
  [true, {}],
  [true, { "Sec-Fetch-Site": "same-origin" }],
  [true, { "Sec-Fetch-Site": "none" }],
  [false, { "Sec-Fetch-Site": "cross-site" }],
  [false, { "Sec-Fetch-Site": "same-site" }],
  [true, { Origin: here }],
  [true, { Origin: "https://preview.example.net" }],
  [false, { Origin: "https://evil.example" }],
  [false, { Origin: "https://example.com.evil.example" }],
  [false, { Origin: "https://example.com:8443" }],
  [false, { Origin: "nonsense" }],
  [false, { Origin: "" }],
  [false, { Origin: "null" }],
  [false, { Origin: "null", "Sec-Fetch-Site": "cross-site" }],
  [true, { Origin: "null", "Sec-Fetch-Site": "same-origin" }],
  [false, { Origin: "https://evil.example", "Sec-Fetch-Site": "same-origin" }],
  [false, { Origin: here, "Sec-Fetch-Site": "cross-site" }],
];

it.each(cases)("says %s to %j", (answer, headers) => {
  const url = new URL("https://preview.example.net/api/contact");
  const call = { request: new Request(url, { method: "POST", headers }), url };
  expect(comesFromHere(call as Parameters<typeof comesFromHere>[0], here)).toBe(answer);
});
