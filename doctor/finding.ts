/** What the doctor has to say of one thing, and how it is said. */

export interface Finding {
  /** `skipped`: could not be asked, and so says nothing of the site. */
  readonly state: "ok" | "missing" | "wrong" | "skipped";
  /** What was looked at: a key, a file, a record. */
  readonly subject: string;
  /** One line without a full stop; never a secret, nor an address with a login in it. */
  readonly detail: string;
  /** What to do about it; absent where there is nothing to do. */
  readonly remedy?: string;
  /** The published site would not work like this. */
  readonly blocks: boolean;
}

/** The part of a finding that a check may leave out. */
export interface Advice {
  readonly remedy?: string;
  readonly blocks?: boolean;
}

export function ok(subject: string, detail: string): Finding {
  return { state: "ok", subject, detail, blocks: false };
}

export function skipped(subject: string, detail: string): Finding {
  return { state: "skipped", subject, detail, blocks: false };
}

export function missing(subject: string, detail: string, advice: Advice = {}): Finding {
  return { state: "missing", subject, detail, blocks: false, ...advice };
}

export function wrong(subject: string, detail: string, advice: Advice = {}): Finding {
  return { state: "wrong", subject, detail, blocks: false, ...advice };
}

/** Whether one of them keeps the published site from working. */
export function blocked(findings: readonly Finding[]): boolean {
  return findings.some(({ blocks }) => blocks);
}
