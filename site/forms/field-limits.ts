/** The longest a field may be, in UTF-16 code units as `maxlength` counts them. Forms say it, functions enforce it. */
export const nameMaxLength = 100;
/** @see RFC 5321 §4.5.3.1.3: 256 octets with the angle brackets. */
export const emailMaxLength = 254;
export const messageMaxLength = 5_000;
