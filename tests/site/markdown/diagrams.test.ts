import { parse } from "node-html-parser";
import { expect, test } from "vitest";
import { renderArticle } from "../../../site/markdown/render.ts";

const fenced = (diagram: string, title = ' title="T"') => `\`\`\`mermaid${title}\n${diagram}\n\`\`\`\n`;
const draw = (diagram: string) => renderArticle(fenced(diagram));
const texts = (diagram: string) =>
  parse(draw(diagram).html.markup)
    .querySelectorAll("text")
    .map(({ text }) => text);
const lines = (diagram: string) => parse(draw(diagram).html.markup).querySelectorAll("polyline, line").length;

const everyKind = [
  "flowchart TD\nA[One] -->|two| B",
  'sequenceDiagram\nactor U\nU->>+S: GET\nNote over U,S: x\nS-->>-U: "200" & <b>',
  "stateDiagram-v2\n[*] --> A\nA --> [*] : done",
  'classDiagram\nclass A {\n+List~int~ b\n+c()$\n}\nA <|-- B\nA "1" *-- "n" C : has',
  "erDiagram\nA ||--o{ B : has\nB {\nint id PK\n}",
];

test("draws every kind without a style, a script, or anything that the page's colours do not reach", async () => {
  const { html, needs, problems } = renderArticle(everyKind.map((diagram) => fenced(diagram)).join("\n"));
  expect(problems).toEqual([]);
  expect([...needs]).toEqual(["rare"]);
  expect(html.markup).not.toMatch(/style|class="(?!drawing|medium|large|huge)|data-|--_|#[0-9a-f]{6}|@import/i);
  await expect(html.markup.replaceAll("><", ">\n<")).toMatchFileSnapshot("../../fixtures/golden/diagrams.html");
});

test("gives no two elements of a page the same id, and refers only to those that are there", () => {
  const html = parse(renderArticle(everyKind.map((diagram) => fenced(diagram)).join("\n")).html.markup);
  const ids = html.querySelectorAll("[id]").map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const referred = [...html.outerHTML.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id);
  expect(referred.length).toBeGreaterThan(5);
  expect(referred.filter((id) => !ids.includes(id ?? ""))).toEqual([]);
});

test("names a diagram for those who cannot see it, and says what it shows", () => {
  const diagram = "flowchart TD\naccTitle: Name\naccDescr {\nWhat it\nshows\n}\nA --> B";
  const html = parse(renderArticle(fenced(diagram, ' title="Caption"')).html.markup);
  expect(html.querySelector("svg")?.getAttribute("role")).toBe("img");
  expect(html.querySelector("svg")?.getAttribute("aria-label")).toBe("Name");
  expect(html.querySelector("desc")?.text).toBe("What it shows");
  expect(html.querySelector("figcaption")?.text).toBe("Caption");
  expect(html.querySelector("figure > div")?.attributes).toEqual({
    tabindex: "0",
    role: "group",
    "aria-label": "Diagram 1: Name",
  });
});

test.each([
  ["A-->B", ["A", "B"], 1],
  ["A---B & C", ["A", "B", "C"], 2],
  ["A --yes or no--> B", ["yes or no", "A", "B"], 1],
  ["A-- yes -->B", ["yes", "A", "B"], 1],
  ["A-.->B==>C-. no .->D", ["no", "A", "B", "C", "D"], 3],
  ["A ----> B; B<-->C", ["A", "B", "C"], 2],
  ['A["x (y) [z] {q} #quot;w#quot; | / <v> & ;"]', ['x (y) [z] {q} "w" | / <v> & ;'], 0],
  ['A -->|"a | b"| B', ["a | b", "A", "B"], 1],
  ["A[one<br/>two\\nthree]", ["one", "two", "three"], 0],
  ["zwölf --> größe-b", ["zwölf", "größe-b"], 1],
  ["A[x]:::big --> B((y)):::small", ["x", "y"], 1],
  ["A{{h}} --> B>f] --> C[[s]] --> D[/t\\] --> E[\\u/]", ["h", "f", "s", "t", "u"], 6],
])("reads the flowchart %j as mermaid does", (chart, labels, count) => {
  expect(draw(`flowchart LR\n${chart}`).problems).toEqual([]);
  expect(texts(`graph LR\n${chart}`).sort()).toEqual([...labels].sort());
  expect(lines(`flowchart\n${chart}`)).toBe(count);
});

test("puts a node into the subgraph that names it, wherever it was first seen", () => {
  const subgraph = "flowchart LR\nA --> B\nsubgraph one [Title]\nB\nend\nsubgraph Empty\nend";
  const rects = parse(draw(subgraph).html.markup).querySelectorAll("rect");
  const [frame] = rects.map((rect) => Number(rect.getAttribute("width")));
  expect(frame).toBeGreaterThan(60);
  expect(texts(subgraph).sort()).toEqual(["A", "B", "Title"]);
});

test("numbers messages, takes names of several words, and activates in lines of their own", () => {
  const sequence =
    "sequenceDiagram\nautonumber\nWeb app->>DB node: SELECT 1;\nactivate DB node\nDB node-->>Web app:\ndeactivate DB node";
  expect(draw(sequence).problems).toEqual([]);
  expect(texts(sequence).sort()).toEqual(["1. SELECT 1", "2.", "DB node", "Web app"]);
});

test.each([
  ["", "empty", 0],
  ["flowchart TD", "empty", 0],
  ["flowchart TD\nsubgraph x\nend", "empty", 0],
  ["classDiagram", "empty", 0],
  ["gantt\ntitle x", 'diagrams of the kind "gantt" cannot be drawn', 21],
  ["flowchrt TD\nA --> B", 'diagrams of the kind "flowchrt" cannot be drawn', 21],
  ["---\ntitle: x\n---\nflowchart TD", "the diagram does not begin with its kind", 21],
  ["flowchart UP\nA", '"flowchart UP" cannot be drawn', 21],
  ["flowchart TD\nA --> B\nB --x C", '"--x C" cannot be drawn', 44],
  ["flowchart TD\nA[x (y)] --> B", '"[x (y)] --> B" cannot be drawn', 35],
  ["flowchart TD\nA --> ", '"-->" cannot be drawn', 36],
  ["flowchart TD\nsubgraph x\nA", 'the subgraph "x" is never closed', 21],
  ["flowchart TD\nA\nend", '"end" closes no subgraph', 36],
  ["flowchart TD\nsubgraph x\nA\nend\nB --> x", 'an arrow to or from the subgraph "x" cannot be drawn', 57],
  ["sequenceDiagram\nA->>B: x\nbox red\nend", '"box red" cannot be drawn', 46],
  ["sequenceDiagram\nloop x\nA->>B: x", "the block is never closed", 37],
  ["sequenceDiagram\nactivate A", '"activate A" cannot be drawn', 37],
  ["sequenceDiagram", "nobody takes part in the diagram", 21],
  ["stateDiagram-v2\nstate x <<fork>>", '"state x <<fork>>" cannot be drawn', 37],
  ["stateDiagram-v2\nstate x {\na", "the state is never closed", 37],
  ["classDiagram\nA -- B", '"A -- B" cannot be drawn', 34],
  ["classDiagram\nclass A {\n+b", "the class is never closed", 34],
  ["erDiagram\nA |--| B : x", '"A |--| B : x" cannot be drawn', 31],
  ["erDiagram\nA {\nint\n}", '"int" cannot be drawn', 35],
])("tells of %j", (diagram, problem, offset) => {
  const [first] = draw(diagram).problems;
  expect(first).toMatchObject({ code: "diagram", offset });
  expect(first?.problem).toContain(problem);
  expect(first?.severity).toBeUndefined();
});

test.each(["classDef x fill:#f00", "style A fill:#f00", 'click A href "javascript:alert(1)"', "%%{init: {}}%%"])(
  "warns that %j has no effect",
  (statement) => {
    const { problems, html } = draw(`flowchart TD\nA\n${statement}`);
    expect(problems).toMatchObject([{ severity: "warning", offset: 36 }]);
    expect(html.markup).not.toMatch(/f00|javascript/);
  },
);

test("wants a title, and takes one from either place", () => {
  expect(renderArticle(fenced("flowchart TD\nA", "")).problems).toMatchObject([{ code: "diagram", offset: 0 }]);
  expect(renderArticle(fenced("flowchart TD\naccTitle: x\nA", "")).problems).toEqual([]);
  expect(renderArticle(fenced("flowchart TD\nA", ' titel="x"')).problems).toMatchObject([
    { code: "unknown-option", hint: 'did you mean "title"?' },
    { code: "diagram" },
  ]);
});

test("lets no label out of the drawing", () => {
  const hostile = "</svg></style><script>alert(1)</script><img src=x onerror=alert(1)>";
  const sources = [
    `flowchart TD\nA["${hostile}"] -->|"${hostile}"| B`,
    `sequenceDiagram\nparticipant A as ${hostile}\nA->>A: ${hostile}\nNote over A: ${hostile}\nloop ${hostile}\nA->>A: x\nend`,
    `stateDiagram-v2\na : ${hostile}\na --> b : ${hostile}`,
    `classDiagram\nclass A {\n+${hostile}\n}\nA --> B : ${hostile}`,
    `erDiagram\nA ||--|| B : ${hostile}\nA {\n${hostile} x\n}`,
  ];
  for (const source of sources) {
    const html = renderArticle(fenced(source, ` title="${hostile.replaceAll('"', "")}"`)).html.markup;
    expect(html).not.toMatch(/<script|<img|<style|<\/style/);
    expect(html.match(/<\/svg>/g)).toHaveLength(1);
  }
});
