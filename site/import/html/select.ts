/**
 * Finds elements by names, classes and attributes: `a[href], pre.verse, [class*=kg-]`. The library's own search reads a
 * selector anew each time, and compares everything that it finds with everything else.
 */

type Test = (element: Element) => boolean;

const compiled = new Map<string, Test>();
const piece = /^(?:(\*|[\w-]+)|\.([\w-]+)|(:not\()?\[([\w-]+)(?:([\^*]?=)"?([^\]"]*)"?)?\]\)?)/;

/** Below an element, in the order of the document. */
export function elementsOf(root: Element, selector: string): Element[] {
  const test = testOf(selector);
  const found: Element[] = [];
  const open: Node[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node !== root && node.nodeType === 1 && test(node as Element)) found.push(node as Element);
    for (let at = node.childNodes.length - 1; at >= 0; at--) {
      const child = node.childNodes[at];
      if (child?.nodeType === 1) open.push(child);
    }
  }
  return found;
}

export function matches(element: Element | null | undefined, selector: string): boolean {
  return element?.nodeType === 1 && testOf(selector)(element);
}

/** An element itself or the nearest one around it. */
export function closest(element: Element | null | undefined, selector: string): Element | undefined {
  for (let at = element; at; at = at.parentElement) if (matches(at, selector)) return at;
  return undefined;
}

function testOf(selector: string): Test {
  const known = compiled.get(selector);
  if (known) return known;
  const tests = selector.split(/\s*,\s*/).map(compound);
  const test: Test = (element) => tests.some((one) => one(element));
  compiled.set(selector, test);
  return test;
}

function compound(written: string): Test {
  const tests: Test[] = [];
  let rest = written;
  for (let match = piece.exec(rest); match; match = piece.exec(rest)) {
    tests.push(simple(match));
    rest = rest.slice(match[0].length);
  }
  if (rest) throw new TypeError(`no selector: ${written}`);
  return (element) => tests.every((test) => test(element));
}

function simple([, name, ofClass, not, attribute = "", sign, value = ""]: RegExpExecArray): Test {
  if (name) return (element) => name === "*" || element.localName === name;
  if (ofClass) return ({ className }) => ` ${className.replace(/\s+/g, " ")} `.includes(` ${ofClass} `);
  return (element) => {
    const written = element.getAttribute(attribute);
    const isSame =
      written !== null &&
      (sign === "=" ? written === value : sign === "^=" ? written.startsWith(value) : written.includes(value));
    return isSame !== Boolean(not);
  };
}
