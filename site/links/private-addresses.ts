/** Addresses of networks that are not the public one. No link of an article may have them asked. */
import { lookup } from "node:dns";
import { BlockList, isIP, isIPv6, type LookupFunction } from "node:net";

/** @see https://www.iana.org/assignments/iana-ipv4-special-registry/ and its like for IPv6 */
const ranges: readonly [net: string, prefix: number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
  ["::", 127],
  ["64:ff9b:1::", 48],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
];

const blocked = new BlockList();
for (const [net, prefix] of ranges) blocked.addSubnet(net, prefix, isIPv6(net) ? "ipv6" : "ipv4");

/** Of an IP address, or of a URL's host name that is one; names are public as long as nobody has looked them up. */
export function isPrivate(host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, "$1");
  const family = isIP(address);
  return family !== 0 && blocked.check(address, family === 6 ? "ipv6" : "ipv4");
}

/** Code of the error of {@link publicLookup}. */
export const privateTarget = "PRIVATE";

/** The system's look-up for a connection; it refuses a name of which any address is private. */
export const publicLookup: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses = []) => {
    const [first] = addresses;
    if (error || !first) done(error ?? new Error(`${hostname} has no address`), "");
    else if (addresses.some(({ address }) => isPrivate(address))) done(refusal(hostname), "");
    else if (options.all) done(null, addresses);
    else done(null, first.address, first.family);
  });
};

function refusal(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} leads into a private network`), { code: privateTarget });
}
