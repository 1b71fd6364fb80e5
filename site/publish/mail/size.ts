/** How large a text is when it is sent. */

/**
 * Bytes of a text as the mailer encodes it, at most: as quoted-printable with a soft break after no fewer than 51 characters,
 * or as base64 where letters of other scripts are the most. Too high by a few hundredths, never too low.
 * @see https://www.rfc-editor.org/rfc/rfc2045.html#section-6.7
 */
export function encodedBytes(text: string): number {
  const bytes = Buffer.from(text);
  let quoted = 0;
  let letters = 0;
  let others = 0;
  for (const byte of bytes) {
    if (byte === 0x0a) quoted += 2;
    else if (byte >= 0x20 && byte < 0x7f && byte !== 0x3d) {
      quoted += 1;
      if ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) letters += 1;
    } else {
      quoted += 3;
      // The first byte of a letter; one beyond the basic plane counts twice.
      if (byte >= 0xc0) others += byte >= 0xf0 ? 2 : 1;
    }
  }
  if (others >= letters) return Math.ceil((bytes.length * 4) / 3 / 76) * 78;
  return Math.ceil(quoted * (1 + 3 / 51));
}
