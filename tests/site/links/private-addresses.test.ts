import { expect, test } from "vitest";
import { isPrivate, publicLookup } from "../../../site/links/private-addresses.ts";

test.each([
  "0.0.0.0",
  "10.1.2.3",
  "100.64.0.1",
  "127.0.0.1",
  "169.254.169.254",
  "172.31.255.255",
  "192.168.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "[::]",
  "[::1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[fd00::1]",
  "[fe80::1]",
  "fe80::1",
])("%s is not of the public network", (address) => {
  expect(isPrivate(address)).toBe(true);
});

test.each(["8.8.8.8", "100.128.0.1", "172.32.0.1", "192.0.66.2", "[2606:4700::1111]", "example.com"])(
  "%s may be asked",
  (address) => {
    expect(isPrivate(address)).toBe(false);
  },
);

/** What a connection gets to hear. A name that is a number needs no network. */
function lookUp(hostname: string, all: boolean): Promise<readonly unknown[]> {
  return new Promise((resolve) => publicLookup(hostname, { all }, (...heard) => resolve(heard)));
}

test("looks names up as the system does, unless they are private", async () => {
  expect(await lookUp("192.0.66.2", true)).toEqual([null, [{ address: "192.0.66.2", family: 4 }]]);
  expect(await lookUp("192.0.66.2", false)).toEqual([null, "192.0.66.2", 4]);
  for (const name of ["127.0.0.1", "localhost"])
    expect((await lookUp(name, true))[0]).toMatchObject({ code: "PRIVATE" });
});
