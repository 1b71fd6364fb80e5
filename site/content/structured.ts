/** YAML and JSON read with the place of every key and value. */
import {
  findNodeAtLocation,
  type Node as JsonNode,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import {
  type Alias,
  type Document,
  isMap,
  isNode,
  isPair,
  isScalar,
  parseDocument,
  visit,
  type YAMLError,
  type Node as YamlNode,
} from "yaml";

export type KeyPath = readonly (string | number)[];

export interface Structured {
  /** The parsed value; only meaningful when there are no syntax errors. */
  readonly value: unknown;
  readonly syntaxErrors: readonly { readonly offset: number; readonly message: string }[];
  /** Offset of the key at a path, or of the value where there is no key (array items, the root). */
  offsetOf(path: KeyPath, part: "key" | "value"): number;
}

/** Reads YAML 1.2 that begins at `start` of its file, to which all offsets are moved. */
export function parseYaml(text: string, start: number): Structured {
  let document: Document.Parsed;
  let value: unknown;
  try {
    document = parseDocument(text, { prettyErrors: false, logLevel: "error" });
    const alias = unknownAlias(document);
    if (alias) return unreadable(start + alias.range[0], `nothing is called "${alias.source}"`);
    value = document.toJS();
  } catch (error) {
    return unreadable(start, error instanceof RangeError ? tooDeep : "aliases that multiply are not read");
  }
  // Where the parser gives up depends on the machine.
  if (document.errors.some(({ message }) => message.includes("call stack"))) return unreadable(start, tooDeep);
  // What the parser only warns of, such as a tag that it does not know, would be read as something else than was meant.
  const mistakes = [...document.errors, ...document.warnings];
  return {
    value,
    syntaxErrors: mistakes.map((error) => ({ offset: start + error.pos[0], message: yamlMessage(error) })),
    offsetOf(path, part) {
      const node = yamlNodeAt(document.contents, path, part);
      return start + (node?.range?.[0] ?? 0);
    },
  };
}

/** Reads strict JSON. Doubled keys are syntax errors. */
export function parseJson(text: string): Structured {
  const errors: ParseError[] = [];
  let root: JsonNode | undefined;
  let doubled: Structured["syntaxErrors"];
  try {
    root = parseTree(text, errors, { disallowComments: true });
    doubled = doubledKeys(root);
  } catch {
    return unreadable(0, tooDeep);
  }
  // The parser tells one slip several times at one place; the first telling is enough.
  const firsts = errors.filter((error, at) => errors.findIndex((other) => other.offset === error.offset) === at);
  const syntaxErrors = firsts.map((error) => ({ offset: error.offset, message: jsonMessage(error) }));
  return {
    value: syntaxErrors.length === 0 ? JSON.parse(text) : undefined,
    syntaxErrors: [...syntaxErrors, ...doubled],
    offsetOf(path, part) {
      const node = root && findNodeAtLocation(root, [...path]);
      const property = part === "key" && node?.parent?.type === "property" ? node.parent.children?.[0] : node;
      return property?.offset ?? root?.offset ?? 0;
    },
  };
}

const tooDeep = "lists or objects are nested too deeply";

function unreadable(offset: number, message: string): Structured {
  return { value: undefined, syntaxErrors: [{ offset, message }], offsetOf: () => offset };
}

function unknownAlias(document: Document.Parsed) {
  const anchors = new Set<string>();
  let unknown: Alias.Parsed | undefined;
  visit(document, {
    Alias(_key, alias) {
      if (!anchors.has(alias.source)) unknown ??= alias as Alias.Parsed;
    },
    Value(_key, node) {
      if (node.anchor) anchors.add(node.anchor);
    },
  });
  return unknown;
}

function yamlNodeAt(root: YamlNode | null, path: KeyPath, part: "key" | "value"): YamlNode | null {
  let node: YamlNode | null = root;
  for (const [index, step] of path.entries()) {
    if (isMap(node)) {
      const pair =
        node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step)) ??
        // A list or an object that was made a key.
        node.items.find((item) => !isScalar(item.key));
      if (!isPair(pair)) return node;
      const wanted: unknown = index === path.length - 1 && part === "key" ? pair.key : (pair.value ?? pair.key);
      if (!isNode(wanted)) return node;
      node = wanted;
    } else {
      const child: unknown =
        node && "items" in node && Array.isArray(node.items) ? node.items[Number(step)] : undefined;
      if (!isNode(child)) return node;
      node = child;
    }
  }
  return node;
}

function doubledKeys(node: JsonNode | undefined): { offset: number; message: string }[] {
  if (!node?.children) return [];
  const seen = new Set<string>();
  const own = node.type === "object" ? node.children.map((property) => property.children?.[0]) : [];
  const doubled = own.filter((key) => key && (seen.has(key.value) || !seen.add(key.value)));
  return [
    ...doubled.map((key) => ({ offset: key?.offset ?? 0, message: `key "${key?.value}" stands twice` })),
    ...node.children.flatMap(doubledKeys),
  ];
}

function jsonMessage(error: ParseError): string {
  const words = printParseErrorCode(error.error)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return `not valid JSON, ${words.endsWith(" expected") ? `a ${words.replace(/ expected$/, " is expected")}` : words}`;
}

function yamlMessage({ code, message }: YAMLError): string {
  if (code === "MULTIPLE_DOCS") return "the front matter ends above this line";
  if (code === "DUPLICATE_KEY") return "the key stands twice";
  if (message.startsWith("Nested mappings are not allowed in compact"))
    return 'a text with ": " in it must stand in quotation marks';
  return (message.split("\n")[0] ?? message).replace(/[.:]$/, "").replace(/ "quote$/, " quotation mark");
}
