/** Shortcodes of WordPress and tags of dev.to: what they become, and what only looks like one. */
import { expect, test } from "vitest";
import { draftOf } from "../../../site/import/draft.ts";
import { forem } from "../../../site/import/templates/forem.ts";
import { wordpress } from "../../../site/import/templates/wordpress.ts";

const post = {
  attachment: (id: string) => (id === "1" ? { id, url: "/a.png", alt: "A", caption: "" } : undefined),
  own: () => [],
  blocks: new Map(),
  footnotes: [],
};

const shortcodes: readonly (readonly [text: string, html: string, told: readonly string[]])[] = [
  ['[code lang="js"]a < b[/code]', '<pre class="brush: js">a &lt; b</pre>', []],
  ['[php title="a.php"]<?php <p>[/php]', '<pre class="brush: php; title: a.php">&lt;?php &lt;p></pre>', []],
  ["[code]a<br />\nb[/code]", '<pre class="brush: text">a<br>\nb</pre>', []],
  ["<pre>[gallery]</pre> <code>[embed]x[/embed]</code>", "<pre>[gallery]</pre> <code>[embed]x[/embed]</code>", []],
  ["[[gallery]] and [sic] and a[0] and [a-z]+", "[gallery] and [sic] and a[0] and [a-z]+", []],
  ['<a title="[gallery ids=1]">x</a>', '<a title="[gallery ids=1]">x</a>', []],
  ['[gallery ids="1"]', '\n\n<figure><img src="/a.png" alt="A"></figure>\n\n', ['shortcode [gallery ids="1"]']],
  [
    "[youtube https://youtu.be/x]",
    '<p><a href="https://youtu.be/x">Video on YouTube</a></p>',
    ["shortcode [youtube https://youtu.be/x]"],
  ],
  ['[box a="b"]c[/box]', '<!-- import: [box a="b"] -->c', ['shortcode [box a="b"]']],
  ["$latex e^x$ for $5", '<code class="import-formula">e^x</code> for $5', []],
  [
    '<!-- wp:query {"a":{"b":1}} /-->',
    '<!-- import: wp:query {"a":{"b":1}} -->',
    ['block <!-- wp:query {"a":{"b":1}} /-->'],
  ],
];

test.each(shortcodes)("reads %s as WordPress does", (text, html, told) => {
  expect(carriedOver(text, wordpress(post))).toEqual({ text: html, told });
});

const tags: readonly (readonly [text: string, markdown: string, told: number])[] = [
  ["{% youtube abc %}", "[Video on YouTube](https://www.youtube.com/watch?v=abc)", 1],
  ["{% github https://github.com/a/b %}", "[Repository on GitHub](https://github.com/a/b)", 1],
  ["{% link ada/one-1a2b %}", "[One \\[1\\]](https://dev.to/ada/one-1a2b)", 1],
  ["{% embed https://a.example/b %}", "[a.example/b](https://a.example/b)", 1],
  ["{% details A: b, c %}\nd\n{% enddetails %}", "::: details A: b, c\nd\n:::", 0],
  ["{% katex %}\nx^2\n{% endkatex %}", "$$\nx^2\n$$", 0],
  ["a {% katex inline %}x^2{% endkatex %}", "a $x^2$", 0],
  ["{% raw %}{{ a }}{% endraw %}", "{{ a }}", 0],
  ["`{% youtube abc %}` and {{ a }}", "`{% youtube abc %}` and {{ a }}", 0],
  ["{% strange %}", "<!-- import: {% strange %} -->", 1],
];

test.each(tags)("reads %s as dev.to does", (text, markdown, told) => {
  const titleAt = (address: string) => (address.endsWith("/ada/one-1a2b") ? "One [1]" : undefined);
  const carried = carriedOver(text, forem(titleAt));
  expect(carried.text.replace(/\n{2,}/g, "\n")).toBe(markdown);
  expect(carried.told).toHaveLength(told);
});

function carriedOver(text: string, templates: ReturnType<typeof forem>) {
  const told: string[] = [];
  const tell = (_at: number, _code: string, problem: string) => told.push(problem);
  return { text: templates(draftOf(text), { title: "", refer: () => undefined, tell }).text, told };
}
