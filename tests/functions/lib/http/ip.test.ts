import fc from "fast-check";
import { expect, it } from "vitest";
import { ipPrefix } from "../../../../functions/lib/http/ip.ts";

it.each([
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002::1", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["", ""],
])("cuts %j to %j", (ip, prefix) => {
  expect(ipPrefix(ip)).toBe(prefix);
});

it("gives all addresses of one /64 the same prefix, however they are written", () => {
  fc.assert(
    fc.property(fc.ipV6(), (ip) => {
      const [url] = [new URL(`http://[${ip}]/`).hostname.slice(1, -1)];
      expect(ipPrefix(url)).toBe(ipPrefix(ip.replace(/\d+\.\d+\.\d+\.\d+$/, (v4) => toGroups(v4))));
    }),
  );
});

function toGroups(v4: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = v4.split(".").map(Number);
  return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}
