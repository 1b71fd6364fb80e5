/** State diagrams: each statement is one that the library reads, with its labels made safe for it. */
import { encodeLabel } from "./labels.ts";
import { isWithoutEffect, type Statement, type Tell, tellUnread } from "./source.ts";

const id = "[\\p{L}\\p{N}_-]+";
const state = `(\\[\\*\\]|${id})(?::::[\\w-]+)?`;

/** Each gives the line for the library. */
const forms: readonly (readonly [form: RegExp, write: (...found: string[]) => string])[] = [
  [/^direction\s+(TB|TD|BT|RL|LR)$/, (direction) => `direction ${direction}`],
  [new RegExp(`^${state}\\s*-->\\s*${state}(?:\\s*:\\s*(.+))?$`, "u"), transition],
  [new RegExp(`^(?:state\\s+)?(${id})(?::::[\\w-]+)?$`, "u"), (name) => `${name} : ${encodeLabel(name)}`],
  [new RegExp(`^(${id})\\s*:\\s*(.+)$`, "u"), (name, label) => `${name} : ${encodeLabel(label)}`],
  [
    new RegExp(`^state\\s+"([^"]*)"\\s+as\\s+(${id})$`, "u"),
    (label, name) => `state "${encodeLabel(label)}" as ${name}`,
  ],
  [new RegExp(`^state\\s+"([^"]*)"\\s+as\\s+(${id})\\s*\\{$`, "u"), (label, name) => `state "${label}" as ${name} {`],
  [new RegExp(`^state\\s+(${id})\\s*\\{$`, "u"), (name) => `state ${name} {`],
];

export function translateState([, ...statements]: readonly Statement[], tell: Tell): string {
  const open: Statement[] = [];
  const lines = statements.flatMap((statement) => {
    const text = statement.text.replace(/;$/, "");
    if (text === "}") return close(statement, open, tell);
    for (const [form, write] of forms) {
      const found = form.exec(text);
      if (!found) continue;
      if (text.endsWith("{")) open.push(statement);
      return [write(...found.slice(1))];
    }
    if (!isWithoutEffect(statement, tell)) tellUnread(statement, tell);
    return [];
  });
  for (const one of open) tell(one, { problem: "the state is never closed", hint: 'close it with "}"' });
  return ["stateDiagram-v2", ...lines].join("\n");
}

function transition(from: string, to: string, label?: string): string {
  return `${from} --> ${to}${label ? ` : ${encodeLabel(label)}` : ""}`;
}

function close(statement: Statement, open: Statement[], tell: Tell): readonly string[] {
  if (!open.pop()) tell(statement, { problem: '"}" closes nothing', about: "}" });
  return ["}"];
}
