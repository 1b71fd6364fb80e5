/** Where a text was published first, as services tell it. */
import type { Settings } from "../source-post.ts";

export interface FirstAddress {
  /** Elsewhere: for our `canonical`. */
  readonly canonical?: string | undefined;
  /** On our own site: an older path of the post. */
  readonly path?: string | undefined;
}

/** `service` is the host that names itself where a text was published nowhere else. */
export function firstAddress(address: string | undefined, { host }: Settings, service?: string): FirstAddress {
  if (!address || !/^https?:\/\//.test(address) || !URL.canParse(address)) return {};
  const url = new URL(address);
  const other = plain(url.host);
  if (other === plain(host)) return url.pathname === "/" ? {} : { path: url.pathname };
  const isService = service !== undefined && (other === service || other.endsWith(`.${service}`));
  return isService ? {} : { canonical: address };
}

function plain(host: string): string {
  return host.toLowerCase().replace(/^www\./, "");
}
