/** Names that belong to nobody, so that nothing can be published or delivered under them. */

/** What examples and tests use. @see RFC 2606, RFC 6761 */
const reserved = /(?:^|\.)(?:example|invalid|test|localhost|example\.(?:com|net|org))$/i;

export function isExampleDomain(host: string): boolean {
  return reserved.test(host.replace(/\.$/, ""));
}
