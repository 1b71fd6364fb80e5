/** The longest a field may be. Forms say it, functions enforce it. Counted in UTF-16 code units, as `maxlength` does. */

/** A visitor's name. */
export const nameMaxLength = 100;
/** An e-mail address; RFC 5321 §4.5.3.1.3 says 256 octets with the angle brackets. */
export const emailMaxLength = 254;
/** The text of a message. */
export const messageMaxLength = 5_000;
