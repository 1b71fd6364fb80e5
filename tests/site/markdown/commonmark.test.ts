/** Every example of the CommonMark specification 0.31.2, through the site's own renderer with all its extensions. */
import specification from "commonmark-spec";
import { expect, test } from "vitest";
import { renderArticle } from "../../../site/markdown/render.ts";
import { normalized } from "./normalized.ts";

/** Examples whose text the site's extensions read in their own way. docs/decisions/0010-markdown.md says why. */
const conflicts: readonly (readonly [extension: string, examples: readonly number[]])[] = [
  ["quotation marks", [14, 197, 209, 210, 352, 359, 363, 380, 385, 395, 508, 590, 619, 620, 622, 624, 632]],
  ["dashes", [46, 55, 87]],
  ["bare links", [602, 608, 611]],
  ["figures", [517, 520, 531, 572, 573, 574, 575, 576, 577, 578, 580, 581, 582, 583, 584, 585, 586, 588, 589, 591]],
];
const extensionOf = new Map(
  conflicts.flatMap(([extension, examples]) => examples.map((number) => [number, extension])),
);

const withTabs = (text: string) => text.replaceAll("→", "\t");

test("knows all 652 examples", () => {
  expect(specification.tests).toHaveLength(652);
});

test.each(specification.tests.filter(({ number }) => !extensionOf.has(number)))(
  "example $number: $section",
  ({ markdown, html }) => {
    expect(normalized(renderArticle(withTabs(markdown)).html.markup)).toBe(normalized(withTabs(html)));
  },
);

test.each(specification.tests.filter(({ number }) => extensionOf.has(number)))(
  "example $number is in conflict with an extension: $section",
  ({ markdown, html, number }) => {
    const ours = normalized(renderArticle(withTabs(markdown)).html.markup);
    expect(ours).not.toBe(normalized(withTabs(html)));
    expect(withoutExtension(ours, extensionOf.get(number))).toBe(
      withoutExtension(normalized(withTabs(html)), undefined),
    );
  },
);

/** What the extension has changed, changed back: all else is as the specification says. */
function withoutExtension(markup: string, extension: string | undefined): string {
  if (extension === "figures") return markup.replace(/<figure class="picture">(.*?)<\/figure>/g, paragraphOf);
  if (extension === "bare links") return markup.replace(/<a href="([^"]*)">[^<]*<\/a>/g, "$1");
  return markup.replace(/[“”]/g, "&quot;").replace(/[‘’]/g, "'").replaceAll("—", "---").replaceAll("–", "--");
}

/** A caption is the title of the picture. */
function paragraphOf(_figure: string, content: string): string {
  const [, caption] = /<figcaption>(.*?)<\/figcaption>/.exec(content) ?? [];
  const image = content.replace(/<figcaption>.*?<\/figcaption>/, "").trim();
  return `<p>${caption ? image.replace(/(<img[^>]*)>/, `$1 title="${caption}">`) : image}</p>`;
}
