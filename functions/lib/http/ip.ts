/** The part of a client's address that stands for one household or device. */
import { isIPv6 } from "node:net";

/** An IPv4 address whole, an IPv6 address cut to its /64, which one subscriber is given as a whole. */
export function ipPrefix(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped) return mapped;
  return isIPv6(ip) ? `${groups(ip).slice(0, 4).join(":")}::/64` : ip;
}

/** The first groups of an IPv6 address without leading zeros; a `::` stands for as many zeros as are missing. */
function groups(ip: string): readonly string[] {
  const [address = ""] = ip.toLowerCase().split("%");
  const [head = "", tail] = address.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill("0");
  return [...before, ...zeros, ...after].map((group) => group.replace(/^0+(?=.)/, ""));
}
