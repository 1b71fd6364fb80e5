/** Entity-relationship diagrams: each statement is one that the library reads. */
import { encodeLabel } from "./labels.ts";
import { isWithoutEffect, type Statement, type Tell, tellUnread } from "./source.ts";

const name = "[\\p{L}\\p{N}_]+(?:-[\\p{L}\\p{N}_]+)*";
const relation = new RegExp(
  `^(${name})\\s*(\\|\\||\\|o|o\\||\\}\\||\\}o)(--|\\.\\.)(\\|\\||o\\||\\|o|\\|\\{|o\\{)\\s*(${name})\\s*:\\s*(.+)$`,
  "u",
);
const attribute = /^(\S+)\s+(\S+?)((?:\s*,?\s*(?:PK|FK|UK))*)(?:\s+"([^"]*)")?$/;

export function translateEr([, ...statements]: readonly Statement[], tell: Tell): string {
  let open: Statement | undefined;
  const lines = statements.flatMap((statement) => {
    const { text } = statement;
    if (text === "}") {
      if (!open) tell(statement, { problem: '"}" closes nothing', about: "}" });
      open = undefined;
      return ["}"];
    }
    if (open) return attributeLine(statement, tell);
    if (text.endsWith("{")) open = statement;
    const read = outside(text);
    if (!read && !isWithoutEffect(statement, tell)) tellUnread(statement, tell);
    return read ?? [];
  });
  if (open) tell(open, { problem: "the entity is never closed", hint: 'close it with "}"' });
  return ["erDiagram", ...lines].join("\n");
}

function outside(text: string): readonly string[] | undefined {
  const [, from, left, line, right, to, label = ""] = relation.exec(text) ?? [];
  if (from) return [`${from} ${left}${line}${right} ${to} : ${encodeLabel(label.replace(/^"(.*)"$/, "$1"))}`];
  const [, entity, begins] = new RegExp(`^(${name})\\s*(\\{)?$`, "u").exec(text) ?? [];
  if (!entity) return undefined;
  return begins ? [`${entity} {`] : [`${entity} {`, "}"];
}

function attributeLine(statement: Statement, tell: Tell): readonly string[] {
  const [, type, attributeName, keys = "", comment] = attribute.exec(statement.text) ?? [];
  if (!type) tellUnread(statement, tell);
  const problem = "comments of attributes are not drawn";
  if (comment) tell(statement, { problem, about: `"${comment}"`, severity: "warning" });
  return type ? [`${type} ${attributeName} ${keys.replaceAll(",", " ")}`] : [];
}
