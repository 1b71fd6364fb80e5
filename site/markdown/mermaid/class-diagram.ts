/** Class diagrams: each statement is one that the library reads. */
import { encodeLabel } from "./labels.ts";
import { isWithoutEffect, type Statement, type Tell, tellUnread } from "./source.ts";

const name = "[\\p{L}\\p{N}_]+";
const arrows = "<\\|--|--\\|>|<\\|\\.\\.|\\.\\.\\|>|\\*--|--\\*|o--|--o|-->|<--|\\.\\.>|<\\.\\.";
const count = '(?:\\s*"([^"]*)")?';

const relation = new RegExp(`^(${name})${count}\\s*(${arrows})${count}\\s*(${name})(?:\\s*:\\s*(.+))?$`, "u");
const declaration = new RegExp(`^class\\s+(${name})(?:\\s*~(${name})~)?\\s*(\\{)?\\s*(\\})?$`, "u");
const member = new RegExp(`^(${name})\\s*:\\s*(.+)$`, "u");
const annotation = new RegExp(`^<<(\\w+)>>\\s*(${name})$`, "u");

type Block = "class" | "namespace";

export function translateClass([, ...statements]: readonly Statement[], tell: Tell): string {
  const open: { readonly kind: Block; readonly statement: Statement }[] = [];
  const lines = statements.flatMap((statement) => {
    const { text } = statement;
    if (text === "}") {
      if (!open.pop()) tell(statement, { problem: '"}" closes nothing', about: "}" });
      return ["}"];
    }
    if (open.at(-1)?.kind === "class") return [/^<<\w+>>$/.test(text) ? text : encodeMember(text)];
    const read = outside(text);
    if (read?.opens) open.push({ kind: read.opens, statement });
    if (!read && !hasNoEffect(statement, tell)) tellUnread(statement, tell);
    return read?.lines ?? [];
  });
  for (const { kind, statement } of open)
    tell(statement, { problem: `the ${kind} is never closed`, hint: 'close it with "}"' });
  return ["classDiagram", ...lines].join("\n");
}

function outside(text: string): { readonly lines: readonly string[]; readonly opens?: Block } | undefined {
  const [, from, fromCount, arrow, toCount, to, label] = relation.exec(text) ?? [];
  if (from) {
    const counts = [fromCount, toCount].map((one) => (one ? `"${encodeLabel(one)}" ` : ""));
    return { lines: [`${from} ${counts[0]}${arrow} ${counts[1]}${to}${label ? ` : ${encodeLabel(label)}` : ""}`] };
  }
  const [, declared, generic, begins, ends] = declaration.exec(text) ?? [];
  if (declared) {
    const line = `class ${declared}${generic ? `~${generic}~` : ""}`;
    return begins && !ends ? { lines: [`${line} {`], opens: "class" } : { lines: [line] };
  }
  const [, space] = /^namespace\s+(\S+)\s*\{$/.exec(text) ?? [];
  if (space) return { lines: [`namespace ${space} {`], opens: "namespace" };
  const [, annotated, of] = annotation.exec(text) ?? [];
  if (annotated) return { lines: [`class ${of} {`, `<<${annotated}>>`, "}"] };
  const [, owner, written = ""] = member.exec(text) ?? [];
  return owner ? { lines: [`class ${owner} {`, encodeMember(written), "}"] } : undefined;
}

/** `~T~` is a generic's type. The sign of a static or abstract method stands behind its name for the library. */
function encodeMember(text: string): string {
  return text
    .replace(/~([^~]+)~/g, "<$1>")
    .replace(/[<>&]/g, encodeLabel)
    .replace(/^([^(]*)\(([^)]*)\)\s*([$*]?)\s*(.*?)([$*]?)$/, "$1$3$5($2) $4");
}

/** Classes are laid out from top to bottom. */
function hasNoEffect(statement: Statement, tell: Tell): boolean {
  if (!/^direction\s/.test(statement.text)) return isWithoutEffect(statement, tell, { except: "class" });
  const problem = '"direction" has no effect in a class diagram';
  tell(statement, { problem, about: statement.text, severity: "warning" });
  return true;
}
