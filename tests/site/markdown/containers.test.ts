import { describe, expect, test } from "vitest";
import { renderArticle } from "../../../site/markdown/render.ts";

const markup = (source: string) => renderArticle(source).html.markup.trim();
const codes = (source: string) => renderArticle(source).problems.map(({ code, offset }) => `${code} ${offset}`);

test.each(["note", "tip", "important", "warning", "caution"])(
  "makes a %s of a container as of GitHub's sign",
  (kind) => {
    const container = markup(`::: ${kind}\nMind the *gap*.\n:::\n`);
    expect(container).toBe(markup(`> [!${kind.toUpperCase()}]\n> Mind the *gap*.\n`));
    expect(container).toContain(`<div class="alert ${kind}" role="note">`);
  },
);

test("gives a container the title and the attributes behind its name", () => {
  expect(markup("::: tip Use `map` {#hint .big}\nx\n:::\n")).toBe(
    '<div id="hint" class="big alert tip" role="note">\n<p class="alert-title">Use <code>map</code></p>\n<p>x</p>\n</div>',
  );
  expect(markup("::: details {open}\nx\n:::\n")).toMatch(/^<details open="">\n<summary>Details<\/summary>/);
});

test("takes the caption of a figure from its title, or else from its last paragraph", () => {
  const caption = "\n<figcaption>What <em>is</em> there</figcaption>\n</figure>";
  expect(markup("::: figure What *is* there\n![a](b.png)\n:::\n")).toContain(caption);
  expect(markup("::: figure\n![a](b.png)\n\nWhat *is* there\n:::\n")).toContain(caption);
  expect(codes("::: figure\n![a](b.png)\n:::\n")).toEqual(["figure-caption 0"]);
});

test("makes a card of an embed, which asks nobody for anything", () => {
  const { html, links } = renderArticle("::: embed https://www.youtube.com/watch?v=1 A *talk*\nWhat it says.\n:::\n");
  expect(html.markup.trim()).toBe(
    '<div class="embed">\n<p class="embed-title"><a href="https://www.youtube.com/watch?v=1">A <em>talk</em></a> <span>youtube.com</span></p>\n<p>What it says.</p>\n</div>',
  );
  expect(links).toEqual([{ href: "https://www.youtube.com/watch?v=1", offset: 10, length: 33 }]);
});

describe("nests containers", () => {
  test.each([
    ["of more colons in those of fewer", "::: note\n:::: tip\nx\n::::\n:::\n"],
    ["of fewer colons in those of more", ":::: note\n::: tip\nx\n:::\n::::\n"],
    ["of as many", "::: note\n::: tip\nx\n:::\n:::\n"],
    ["in lists and quotations", "> - ::: note\n>   ::: tip\n>   x\n>   :::\n>   :::\n"],
  ])("%s", (_, source) => {
    expect(codes(source)).toEqual([]);
    expect(markup(source)).toMatch(/alert note.*alert tip.*<p>x<\/p>\n<\/div>\n<\/div>/s);
  });
});

test.each([
  ["::: note\n```md\n::: tip\n:::\n```\nafter\n:::\n"],
  ["::: note\n~~~\n:::\n~~~\nafter\n:::\n"],
  ["::: note\ntext ::: text\n\nafter\n:::\n"],
])("ends no container at colons that are code or text: %j", (source) => {
  expect(codes(source)).toEqual([]);
  expect(markup(source)).toMatch(/<p>after<\/p>\n<\/div>$/);
});

test.each([
  ["::: detials\nx\n:::\n", ["unknown-container 0"]],
  ["::: note\nx\n", ["unclosed-container 0"]],
  ["::: note\n::: tip\nx\n:::\n", ["unclosed-container 0"]],
  ["x\n\n:::\n", ["stray-container-end 3"]],
  ["::: embed example.com Title\n:::\n", ["embed-address 0"]],
  ["::: embed javascript:alert(1) Title\n:::\n", ["embed-address 0"]],
  ["::: embed https://example.com\n:::\n", ["embed-title 0"]],
  ["::: note {onclick=x}\nx\n:::\n", ["unknown-attribute 10"]],
  ["::: note {open}\nx\n:::\n", []],
])("tells what is wrong with %j", (source, told) => {
  expect(codes(source)).toEqual(told);
});
