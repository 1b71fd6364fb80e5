import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalAddress, parseAddress, parseMailbox } from "../../../../functions/lib/mail/address.ts";

describe("parseAddress", () => {
  it.each([
    "a@example.com",
    "first.last+tag@sub.example.co.uk",
    "o'brien@example.ie",
    "x_y-z@1and1.com",
    `${"l".repeat(64)}@example.com`,
    "!#$%&'*+/=?^_`{|}~-@example.com",
  ])("takes %s as it is", (text) => {
    expect(parseAddress(text)).toEqual({ address: text });
  });

  it("writes the domain in lower case and an international one in ASCII", () => {
    expect(parseAddress("Ann@EXAMPLE.Com")).toEqual({ address: "Ann@example.com" });
    expect(parseAddress("ann@bücher.example")).toEqual({ address: "ann@xn--bcher-kva.example" });
  });

  it.each([
    "",
    "@",
    "a",
    "a@",
    "@example.com",
    "a@b",
    "a@localhost",
    "a@b..com",
    "a@.example.com",
    "a@example.com.",
    ".a@example.com",
    "a.@example.com",
    "a..b@example.com",
    "a@-example.com",
    "a@example-.com",
    "a@exam_ple.com",
    "a@127.0.0.1",
    "a@[127.0.0.1]",
    "a@1.2",
    "a b@example.com",
    "a@exam ple.com",
    " a@example.com",
    "a@example.com ",
    '"a b"@example.com',
    "a@b.com, c@d.com",
    "a@b.com;c@d.com",
    "a@b.com,c",
    "Ann <a@example.com>",
    "<a@example.com>",
    "group: a@example.com;",
    "a(comment)@example.com",
    "a@example.com(comment)",
    "a\r\nBcc: b@example.com@example.com",
    "a@example.com\r\nBcc: b@example.com",
    "a@exam\nple.com",
    "a@example.com\0",
    "é@example.com",
    `${"l".repeat(65)}@example.com`,
    `a@${"d".repeat(64)}.com`,
    `a@${"d.".repeat(130)}com`,
  ])("refuses %j", (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  it("gives only addresses that mean themselves, whatever it reads", () => {
    const pieces = fc.constantFrom(
      ..."ab.@, <>\"'();:\\\r\n\t\0é%é\u00ad_-1[]".split(""),
      "example.com",
      "@example.com",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(pieces).map((each) => each.join("")),
        ),
        (text) => {
          const parsed = parseAddress(text);
          if (!parsed) return;
          expect(parsed.address).toMatch(/^[^\s,;:<>()"[\]\\@\p{Cc}]+@[a-z0-9.-]+\.[a-z0-9-]+$/u);
          expect(parsed.address.length).toBeLessThanOrEqual(254);
          expect(parseAddress(parsed.address)).toEqual(parsed);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe("parseMailbox", () => {
  it("takes an address with or without a name", () => {
    expect(parseMailbox("blog@example.com")).toEqual({ address: "blog@example.com" });
    expect(parseMailbox("Exactly Once <blog@example.com>")).toEqual({
      address: "blog@example.com",
      name: "Exactly Once",
    });
    expect(parseMailbox('"Exactly, Once" <blog@example.com>')).toEqual({
      address: "blog@example.com",
      name: "Exactly, Once",
    });
    expect(parseMailbox("<blog@example.com>")).toEqual({ address: "blog@example.com" });
  });

  it.each(["", "Ann", "Ann <a@b>", "a@b.com, c@d.com", "Ann <a@b.com> <c@d.com>", "A\nB <a@b.com>"])(
    "refuses %j",
    (text) => {
      expect(parseMailbox(text)).toBeUndefined();
    },
  );
});

it("recognises an address whatever its case", () => {
  expect(normalAddress({ address: "Ann.Lee@example.com" })).toBe("ann.lee@example.com");
});
