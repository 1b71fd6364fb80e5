/** HTML in old posts that would spoil the page around it. */
import { expect, test } from "vitest";
import { bodyOf, imported } from "../../setup/imported.ts";

async function hugo(body: string) {
  const { post, told } = await imported("hugo", {
    "hugo.toml": 'baseURL = "https://old.example/"',
    "content/posts/quiet.md": `---\ntitle: Quiet\ndescription: About pipes.\ndate: 2020-01-02\n---\n${body}\n`,
  });
  return { body: bodyOf(post("quiet")).trimEnd(), told: told.map((one) => one.replace(/^\S+ /, "")) };
}

test.each([
  ["The <pre> wrapper.", "The &lt;pre> wrapper.", "HTML element <pre> that is never closed; became text"],
  ["An Option<T>, or none.", "An Option&lt;T>, or none.", "HTML element <t> that is never closed; became text"],
  ['A <a name="x">place.', 'A <a name="x"></a>place.', "HTML element <a> that is never closed; closed at once"],
  [
    "<div>\n\nText.",
    "<div>\n\nText.\n\n</div>",
    "HTML element <div> that is never closed; closed at the end of the post",
  ],
])("closes or shows what would run on to the end of the page: %j", async (written, becomes, problem) => {
  expect(await hugo(written)).toEqual({ body: becomes, told: [problem] });
});

test.each([
  'A <kbd>key</kbd>, a<br>break, <img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="> and `<pre>`.',
  "<div>\n\nText.\n\n</div>",
  "<ul>\n<li>One\n<li>Two\n</ul>",
  "<p>One\n\nTwo",
  "<details><summary>More</summary>\n\n```html\n<div>\n```\n\n</details>",
])("leaves HTML alone that is whole: %j", async (html) => {
  expect(await hugo(html)).toEqual({ body: html, told: [] });
});

test("leaves out the marks that only ended a summary", async () => {
  expect((await hugo("One.\n\n<!--more-->\n\nTwo.\n\n<!-- truncate -->\n\nThree.")).body).toBe(
    "One.\n\n\nTwo.\n\n\nThree.",
  );
});
