import { expect, it } from "vitest";
import { asksNotToCount, isAhead, isBot } from "../../../../functions/lib/views/bots.ts";

it.each([
  "",
  " ",
  "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/130.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Windows NT 10.0) SafeLinks",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Mimecast",
  "Mozilla/5.0 (compatible; Barracuda)",
  "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
  "Mozilla/5.0 (linux) AppleWebKit/537.36 (KHTML, like Gecko) jsdom/27.0.0",
  "Netlify Build Bot",
  "curl/8.5.0",
  "node",
  "python-requests/2.32",
])("takes %j for a program", (userAgent) => {
  expect(isBot(userAgent)).toBe(true);
});

it.each([
  "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
])("takes %j for a reader", (userAgent) => {
  expect(isBot(userAgent)).toBe(false);
});

it.each([
  [{ "Sec-GPC": "1" }, true],
  [{ DNT: "1" }, true],
  [{ DNT: "0" }, false],
  [{ "Sec-GPC": "0" }, false],
  [{}, false],
])("reads %j as a wish not to be counted: %s", (headers, answer) => {
  expect(asksNotToCount(new Headers(headers))).toBe(answer);
});

it.each([
  [{ "Sec-Purpose": "prefetch;prerender" }, true],
  [{ "Sec-Purpose": "prefetch" }, true],
  [{ Purpose: "prefetch" }, true],
  [{ Purpose: "preview" }, true],
  [{ "X-Moz": "prefetch" }, true],
  [{}, false],
])("reads %j as a page that nobody looks at yet: %s", (headers, answer) => {
  expect(isAhead(new Headers(headers))).toBe(answer);
});
