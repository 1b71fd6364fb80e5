/** Addresses as Markdown writes them between the round brackets of a link. */

/** Escapes what would end the address early or make it two. */
export function destination(address: string): string {
  return address
    .trim()
    .replace(/[\s()<>\\]/g, (sign) => encodeURIComponent(sign).replace("(", "%28").replace(")", "%29"));
}

/** What the author meant by an address: entities and backslash escapes resolved. */
export function written(raw: string): string {
  return raw
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .replace(/&amp;/g, "&")
    .trim();
}
