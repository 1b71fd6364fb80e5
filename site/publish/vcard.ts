/** The owner's card for an address book. @see RFC 6350 */
import type { Cv } from "./cv.ts";

/** Lines end in CRLF and hold at most 75 octets (§3.2). */
export function vcard({ name, role, summary, email, phone, url, profiles, jobs, technologies }: Cv): string {
  const employer = jobs[0]?.employer;
  const lines = [
    "BEGIN:VCARD",
    "VERSION:4.0",
    `FN:${escaped(name)}`,
    `TITLE:${escaped(role)}`,
    employer && `ORG:${escaped(employer)}`,
    email && `EMAIL:${escaped(email)}`,
    phone && `TEL;VALUE=uri:tel:${phone}`,
    `URL:${url}`,
    ...profiles.map(
      (profile) => `URL;TYPE=${/^[A-Za-z0-9-]+$/.test(profile.label) ? profile.label : "profile"}:${profile.url}`,
    ),
    `NOTE:${escaped(summary)}`,
    technologies.length > 0 && `CATEGORIES:${technologies.map(escaped).join(",")}`,
    "END:VCARD",
  ];
  return lines.flatMap((line) => (line ? [`${fold(line)}\r\n`] : [])).join("");
}

/** §3.4 */
function escaped(text: string): string {
  return text.replace(/[\\,;]/g, "\\$&").replace(/\r?\n/g, "\\n");
}

function fold(line: string): string {
  const pieces: string[] = [];
  let piece = "";
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > 75) {
      pieces.push(piece);
      piece = " ";
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece].join("\r\n");
}
