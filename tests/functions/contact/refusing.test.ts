import { parse } from "node-html-parser";
import { describe, expect, it } from "vitest";
import contact from "../../../functions/contact.ts";
import { limits } from "../../../functions/lib/limits.ts";
import { message, path, post, stored } from "../support/contact.ts";
import { browser, form, json, send } from "../support/doors.ts";
import { setEnvironment } from "../support/environment.ts";
import { startFresh } from "../support/fresh-start.ts";
import { keptLogs } from "../support/logs.ts";

startFresh();
const logs = keptLogs();

async function pageOf(response: Response) {
  return parse(await response.text());
}

describe("a form with mistakes", () => {
  it("comes back as a 422 page with the values kept and the problems linked to their fields", async () => {
    const response = await post({ name: '"Ann"', email: "ann@", message: "<script>\n\ntext" });
    expect(response.status).toBe(422);
    expect(response.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
    const page = await pageOf(response);
    expect(page.querySelector("title")?.text).toContain("Error");
    expect(page.querySelector("#contact-name")?.getAttribute("value")).toBe('"Ann"');
    expect(page.querySelector("#contact-email")?.getAttribute("value")).toBe("ann@");
    expect(page.querySelector("#contact-email")?.getAttribute("aria-invalid")).toBe("true");
    expect(page.querySelector("textarea")?.innerHTML).toBe("\n&lt;script&gt;\n\ntext");
    const summary = page.querySelector('.problem-summary[role="alert"]');
    expect(summary?.getAttribute("tabindex")).toBe("-1");
    expect(summary?.hasAttribute("autofocus")).toBe(true);
    expect(summary?.querySelector("a")?.getAttribute("href")).toBe("#contact-email");
    const described = page.querySelector("#contact-email")?.getAttribute("aria-describedby")?.split(" ") ?? [];
    for (const id of described) expect(page.querySelector(`#${id}`)).not.toBeNull();
    expect(described).toContain("contact-email-problem");
    expect(await stored()).toEqual([]);
  });

  it("is a problem document for a program", async () => {
    const response = await send(contact, path, json({ ...message, email: "a@b.com, c@d.com" }));
    expect([response.status, response.headers.get("Content-Type")]).toEqual([422, "application/problem+json"]);
    expect(await response.json()).toMatchObject({
      status: 422,
      errors: [{ field: "email", detail: expect.any(String) }],
    });
    const accepting = await send(contact, path, form({}, { Accept: "application/json" }));
    expect(await accepting.json()).toMatchObject({
      errors: [{ field: "name" }, { field: "email" }, { field: "message" }],
    });
  });
});

it.each([
  [403, form(message, { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" })],
  [403, form(message, { Origin: "null", "Sec-Fetch-Site": "cross-site" })],
  [413, form({ ...message, message: "m".repeat(70_000) })],
  [413, form(message, { "Content-Length": "99999999" })],
  [415, { ...form(message), headers: { ...browser, "Content-Type": "text/plain" } }],
  [400, { ...form(message), body: "name=%ff" }],
  [422, form({ ...message, to: "someone@else.example" })],
])("refuses with a readable page, and for a program with a problem document: %d", async (status, init) => {
  const response = await send(contact, path, init);
  expect(response.status).toBe(status);
  const page = await pageOf(response);
  expect(page.querySelector("main h1, h1")?.text).toBeTruthy();
  expect(page.text).not.toMatch(/stack|node_modules|Error:.*at /);
  expect(await stored()).toEqual([]);
  const forProgram = await send(contact, path, { ...init, headers: { ...init.headers, Accept: "application/json" } });
  expect([forProgram.status, forProgram.headers.get("Content-Type")]).toEqual([status, "application/problem+json"]);
  expect(await forProgram.json()).toMatchObject({ status });
});

it("gives a form that is too large back as far as it was read", async () => {
  const text = `${"All of my thoughts. ".repeat(2_000)}`;
  const response = await post({ message: text.repeat(3) });
  expect(response.status).toBe(413);
  const page = await pageOf(response);
  expect(page.querySelector("#contact-name")?.getAttribute("value")).toBe("Ann Lee");
  const kept = page.querySelector("textarea")?.innerHTML.slice(1) ?? "";
  expect(kept.length).toBeGreaterThan(50_000);
  expect(text.repeat(3).startsWith(kept)).toBe(true);
});

it("gives the text back with 429, and says when to try again", async () => {
  for (let n = 0; n < limits.contactPerPrefix.burst; n += 1) await post({ message: `Message ${n}` });
  const response = await post({ message: 'One "more" <b>' });
  expect([response.status, response.headers.get("Retry-After")]).toEqual([429, "360"]);
  const page = await pageOf(response);
  expect(page.querySelector("h1")?.text).toBe("Your message could not be taken yet");
  expect(page.querySelector('[role="alert"]')?.text).toContain("try again in 6 minutes");
  expect(page.querySelector("textarea")?.innerHTML).toBe("\nOne &quot;more&quot; &lt;b&gt;");
  const forProgram = await send(contact, path, json({ ...message, message: "One more" }));
  expect([forProgram.status, forProgram.headers.get("Retry-After")]).toEqual([429, "360"]);
  expect(await forProgram.json()).toEqual({ status: 429, title: expect.any(String), detail: expect.any(String) });
  expect(await stored()).toHaveLength(limits.contactPerPrefix.burst);
});

it("notes a configuration that is not right once, and answers 503 without a word of it", async () => {
  logs.clear();
  await setEnvironment({ TOKEN_KEYS: "sesame", CONTACT_TO: "" });
  for (const init of [form(message), form(message), json(message)]) {
    const response = await send(contact, path, init);
    expect(response.status).toBe(503);
    expect(await response.text()).not.toMatch(/TOKEN_KEYS|sesame/);
  }
  const noted = logs.lines.filter((line) => line.includes("configuration refused"));
  expect(noted).toHaveLength(1);
  expect(noted[0]).toContain("CONTACT_TO is missing, TOKEN_KEYS is malformed");
  expect(logs.lines.join()).not.toContain("sesame");
});
