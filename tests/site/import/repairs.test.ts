/** What old posts hold and our Markdown refuses: mended, so that the site can be built, with the words kept. */
import { expect, test } from "vitest";
import { renderArticle } from "../../../site/markdown/render.ts";
import { bodyOf, imported } from "../../setup/imported.ts";

async function quiet(body: string) {
  const { post, told } = await imported("hugo", {
    "hugo.toml": 'baseURL = "https://old.example/"',
    "content/posts/quiet.md": `---\ntitle: Quiet\ndescription: About pipes.\ndate: 2020-01-02\n---\n${body}\n`,
  });
  return { body: bodyOf(post("quiet")).trimEnd(), told: told.map((one) => one.replace(/^\S+ /, "")) };
}

test.each([
  ["```mermaid\ngraph TD\n  A --> B\n```", '```mermaid title="Diagram"\ngraph TD\n  A --> B\n```'],
  ["```mermaid\ngantt\n  title A\n```", "```text\ngantt\n  title A\n```"],
  ["```chart pie\na,b\n```", "```text\na,b\n```"],
  ["A $\\color{red} x$ b.", "A `$\\color{red} x$` b."],
  ["$$\n\\frac{a\n$$", "```latex\n\\frac{a\n```"],
  [
    "![Pipe](data:image/gif;base64,R0lGODlhAQABAAAAACw=){width=400}",
    "![Pipe](data:image/gif;base64,R0lGODlhAQABAAAAACw=)",
  ],
  ["Text {.foo bar=baz}", "Text"],
  ["{.note}\n\nText", "Text"],
  ["## A {#x}\n\n## B {#x}", "## A {#x}\n\n## B"],
  ["## A {#main}", "## A"],
  ["::: tabs\nText\n:::", "\\::: tabs\nText\n\\:::"],
  ["Text\n\n:::", "Text\n\n\\:::"],
])("mends what it can where it stands, and says so: %j", async (written, becomes) => {
  const { body, told } = await quiet(written);
  expect(body).toBe(becomes);
  expect(told.length).toBeGreaterThan(0);
  expect(renderArticle(body).problems.filter(({ severity }) => severity !== "warning")).toEqual([]);
});

test("shows a block as code that cannot be shown otherwise", async () => {
  const deep = `${">".repeat(120)} deep`;
  const { body, told } = await quiet(`Before.\n\n${deep}\n\nBehind.`);
  expect(body).toBe(`Before.\n\n\`\`\`text\n${deep}\n\`\`\`\n\nBehind.`);
  expect(told).toEqual(["lists and quotations are nested too deeply; the block is shown as code"]);
});
