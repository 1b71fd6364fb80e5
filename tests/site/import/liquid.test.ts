/** Liquid and Nunjucks: what stands in for a value, what becomes plain Markdown, and what is left out. */
import { expect, test } from "vitest";
import { bodyOf, imported } from "../../setup/imported.ts";

async function jekyll(body: string) {
  const { post, told } = await imported("jekyll", {
    "_config.yml": "url: https://old.example\nrepository: https://code.example/quiet\nfacts: { pipes: 3 }\n",
    "_posts/2020-01-02-quiet.md": `---\ntitle: Quiet\ndescription: About pipes.\nversion: 1.2.3\n---\n${body}\n`,
  });
  return { body: bodyOf(post("quiet")).trimEnd(), told: told.filter((one) => !one.includes("front matter")) };
}

test.each([
  ["Version {{ page.version }} of {{ site.facts.pipes }} pipes.", "Version 1.2.3 of 3 pipes."],
  ["([#7]({{ site.repository }}/issues/7))", "([#7](https://code.example/quiet/issues/7))"],
  ["[7]: {{site.repository}}/7\n\nSee [7].", "[7]: https://code.example/quiet/7\n\nSee [7]."],
  ["```sh\nclone {{ site.repository }}\n```", "```sh\nclone https://code.example/quiet\n```"],
])("puts values of the configuration and of the front matter in: %s", async (written, becomes) => {
  expect(await jekyll(written)).toEqual({ body: becomes, told: [] });
});

test.each([
  ["See [the *issue*]({{ page.issue }}/7).", "See the *issue* <!-- import: link to {{ page.issue }}/7 -->."],
  ['See <a href="/x/{{ page.issue }}">it</a>.', "See <a><!-- import: link to /x/{{ page.issue }} -->it</a>."],
  ["[The one][7].\n\n[7]: {{ page.issue }}/7", "The one.\n\n<!-- import: [7]: {{ page.issue }}/7 -->"],
  ["![A pipe]({{ page.pipe | relative_url }})", "<!-- import: ![A pipe]({{ page.pipe | relative_url }}) -->"],
])("takes the link or the picture out where nobody knows the value in its address: %s", async (written, becomes) => {
  const { body, told } = await jekyll(written);
  expect(body).toBe(becomes);
  expect(told).toEqual([expect.stringMatching(/^_posts\/2020-01-02-quiet\.md:\d+:\d+ tag \{\{ page\.\w+/)]);
});

test.each([
  ["## 1.2.3 / 2020-01-02\n{: #v1-2-3}\n\nText.", "## 1.2.3 / 2020-01-02 {#v1-2-3}\n\nText."],
  ["{:#features}\n## Features\n\nText.", "## Features {#features}\n\nText."],
  ["Pipes.\n{: #pipes}", 'Pipes.\n<span id="pipes"></span>'],
  ["Pipes.\n{: #pipes .wide}", 'Pipes.\n<span id="pipes"></span>'],
])("keeps the names of places that kramdown writes on a line of their own: %s", async (written, becomes) => {
  expect((await jekyll(written)).body).toBe(becomes);
});

test("does not show what never was text: styles and scripts between tags", async () => {
  const { post } = await imported("eleventy", {
    "eleventy.config.js": "",
    "posts/2020-01-02-quiet.md":
      "---\ntitle: Quiet\n---\nText.\n\n{% css %}\np { margin: 0 }\n{% endcss %}\n\n{% js %}run(){% endjs %}\n",
  });
  expect(bodyOf(post("quiet"))).toBe(
    "Text.\n\n<!-- import: {% css %} p { margin: 0 } {% endcss %} -->\n\n<!-- import: {% js %}run(){% endjs %} -->\n",
  );
});

test.each([
  ["Like `{% raw %}{% raw %}{% endraw %}`.", "Like `{% raw %}`."],
  ["{% raw %}{{ a }} {% b %}{% endraw %}", "{{ a }} {% b %}"],
  ["{% comment %}{{ a }}{% endcomment %}Text.", "<!-- {{ a }} -->Text."],
])("takes what stands between tags for raw text as it is: %s", async (written, becomes) => {
  expect(await jekyll(written)).toEqual({ body: becomes, told: [] });
});

test("puts no comment into a comment", async () => {
  const { body } = await jekyll("{% for a in b %}\n[{{ a }}]: {{ a.url }}\n{% endfor %}\n\nText.");
  expect(body).toBe(
    "<!-- import: {% for a in b %} -->\n<!-- import: [{{ a }}]: {{ a.url }} -->\n<!-- import: {% endfor %} -->\n\nText.",
  );
});
